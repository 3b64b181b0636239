"""The formats for export, one module each, whose ``EXPORTER`` is found by `registry`."""
