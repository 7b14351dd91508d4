"""The reference centre: a product of its own that shares only the language with the console."""
