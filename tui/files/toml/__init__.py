"""TOML input and output."""
