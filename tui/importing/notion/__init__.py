"""Notion's export: its files, its Markdown pages and its tables."""
