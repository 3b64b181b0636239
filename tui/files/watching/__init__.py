"""Watch the notes for edits, and read each file once its writer is done."""
