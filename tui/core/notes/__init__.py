"""The text of notes, read as a library of episodes and blocks."""
