"""Other forms of the notes, printed by commands: outline, highlights, questions, plain text, checks."""
