"""Transcripts: captions, segments, and the paragraphs made of them."""
