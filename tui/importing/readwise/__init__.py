"""Readwise: the rows of its highlights, from whatever it writes them in."""
