"""Matching the blocks of a note's old text with those of its new text."""
