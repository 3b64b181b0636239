"""Notes as rows of cells: wrapping, the flow of blocks, selecting a phrase."""
