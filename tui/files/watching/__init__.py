"""Watching of the notes for edits, with each file read once its writer is done."""
