"""What is on the screen: one module per pane, and the screens."""
