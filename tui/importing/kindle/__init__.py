"""Kindle: the vocabulary of its clippings in many languages, and the notebook page of its apps."""
