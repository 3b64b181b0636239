"""Styles, palettes, and rows as styled text."""
