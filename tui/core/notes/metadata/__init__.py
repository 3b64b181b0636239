"""Metadata of episodes: front matter, properties, and pages written by Snipd, Readwise and other tools."""
