"""The disk: configuration, notes, highlights, the state folder, and file watching."""
