"""TOML in and out; the only package that knows tomllib and tomli-w."""
