"""Highlights and answers to questions: records, the changes to them, and how versions merge."""
