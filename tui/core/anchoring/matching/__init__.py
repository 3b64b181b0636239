"""Which block of a note's new text each block of its old text became."""
