"""Keys and the mouse, from the terminal to the commands."""
