"""Importing other programs' formats as notes and highlights; one module each in `formats`, listed by `registry`."""
