"""Home, how it works, language, leaving."""
