"""The terminal and the threads under the app."""
