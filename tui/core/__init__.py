"""Pure values and rules: no terminal, no disk, no clock."""
