"""How alike two texts are, by their words and letters."""
