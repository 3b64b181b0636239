"""Markdown as notes are written in it, Obsidian's and Logseq's additions included.

mistune parses what stands in a line; its shapes stop in this package. Nothing is imported here: a note of pasted text
needs none of it.
"""
