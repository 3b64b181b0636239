"""Texts being typed: kept as they are typed, and taken up by the next session."""
