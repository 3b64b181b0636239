"""Other people's formats as notes and highlights: one module each in `formats`, found by `registry`."""
