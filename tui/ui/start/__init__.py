"""The start: what stands on the screen, and which keys count, before Textual is imported."""
