"""KOReader: its exporter's JSON, and the sidecars of its books, which are tables in Lua."""
