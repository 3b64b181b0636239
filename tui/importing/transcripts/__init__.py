"""Transcripts: their captions, and paragraphs of them."""
