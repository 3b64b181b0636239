"""The terminal driver and the threads that the app runs on."""
