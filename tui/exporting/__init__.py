"""Highlights and questions in other people's formats: each a module in `formats` with its row of the registry."""
