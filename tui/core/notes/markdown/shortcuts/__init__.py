"""Answers about Markdown notes without parsing all of them: after edits, and for searches."""
