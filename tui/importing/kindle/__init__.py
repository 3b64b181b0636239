"""Kindle: the words of its clippings in many languages, and the notebook page of its apps."""
