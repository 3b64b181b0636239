"""KOReader: the JSON of its exporter, and the sidecars of its books, which are Lua tables."""
