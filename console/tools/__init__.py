"""Subcommands of python -m console that have a module of their own."""
