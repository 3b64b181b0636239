"""Notes parsed into a library of episodes and blocks."""
