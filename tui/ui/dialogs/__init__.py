"""Windows over the panes."""
