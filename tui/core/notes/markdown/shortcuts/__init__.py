"""Answers about Markdown notes that take no parsing of the whole: after edits, and for searches."""
