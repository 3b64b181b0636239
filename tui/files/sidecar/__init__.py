"""The highlights file of a note: reading, changing, merging and adopting it."""
