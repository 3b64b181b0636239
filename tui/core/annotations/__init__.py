"""Highlights and question records, changes to them, and the merging of their versions."""
