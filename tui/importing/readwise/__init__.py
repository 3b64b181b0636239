"""Readwise: the rows of its highlights, from all of its formats."""
