"""Watching notes for edits; each file is read once its writer is done."""
