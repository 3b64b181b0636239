"""Reports printed by commands: outline, highlights, questions, settings, checks, the manual."""
