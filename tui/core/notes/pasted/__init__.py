"""Text pasted from a web page or a notes app, read as episodes and blocks."""
