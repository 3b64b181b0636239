"""Metadata of an episode, from notes and other tools: front matter, properties, pages of Snipd, Readwise and others."""
