"""Highlights and question records, the changes to them, and the merging of versions."""
