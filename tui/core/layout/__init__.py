"""Notes as rows of cells: wrapping, the flow of blocks, choosing a phrase."""
