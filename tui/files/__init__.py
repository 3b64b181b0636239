"""The disk: configuration, notes, highlights, the state folder, watching."""
