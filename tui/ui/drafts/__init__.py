"""Drafts: texts saved while they are typed, and resumed by the next session."""
