"""The reader's user interface, built on Textual."""
