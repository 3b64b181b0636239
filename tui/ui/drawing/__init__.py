"""Styles, palettes, and rows rendered as styled text."""
