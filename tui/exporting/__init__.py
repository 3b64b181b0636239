"""Exporting highlights and questions to other programs' formats; one module each in `formats`, listed by `registry`."""
