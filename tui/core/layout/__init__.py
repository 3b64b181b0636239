"""Notes as rows of cells: wrapping, the flow of blocks, and the selection of a phrase."""
