"""Other forms of the notes: what earmark prints and reads besides its own files."""
