"""The panes, one module each, and the main screen."""
