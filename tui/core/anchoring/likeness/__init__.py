"""Likeness of two texts, by their words and letters."""
