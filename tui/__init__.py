"""earmark: a reader for podcast notes in the terminal."""

__version__ = "0.1.0"
__date__ = "2026-11-28"
"Release date of this version, shown in the manual page."
