"""Drafts: texts kept while they are typed, and resumed by the next session."""
