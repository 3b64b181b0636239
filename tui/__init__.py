"""earmark: a reader for podcast notes in the terminal."""

__version__ = "0.1.0"
