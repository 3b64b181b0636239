"""The reader on the screen, on Textual."""
