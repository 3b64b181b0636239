"""Notion's export: its files, Markdown pages and tables."""
