"""The highlights file beside a note: reading, changing, merging and adopting it."""
