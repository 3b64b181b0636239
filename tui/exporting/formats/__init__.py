"""The formats that highlights are written in, a module each; its ``EXPORTER`` is the row that `registry` finds."""
