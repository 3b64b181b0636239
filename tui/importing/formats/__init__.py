"""The formats that can be imported, one module each, whose ``IMPORTER`` is found by `registry`."""
