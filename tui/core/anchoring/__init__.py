"""How a highlight finds its text again after the notes were edited."""
