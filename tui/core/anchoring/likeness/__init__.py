"""Similarity of texts, by words and by characters."""
