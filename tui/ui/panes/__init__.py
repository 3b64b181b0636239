"""The panes, one module each, and the screens."""
