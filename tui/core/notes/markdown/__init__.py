"""Markdown as in notes, with Obsidian's and Logseq's additions.

mistune parses within a line; its shapes stop in this package. Nothing is imported here: a note of pasted text needs
none of it.
"""
