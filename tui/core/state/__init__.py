"""The state of the reader, and the pure transitions from one state to the next."""
