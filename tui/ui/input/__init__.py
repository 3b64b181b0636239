"""Keyboard and mouse input, from the terminal to the commands."""
