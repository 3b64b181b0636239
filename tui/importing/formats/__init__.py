"""The formats that are read, a module each; its ``IMPORTER`` is the row that `registry` finds."""
