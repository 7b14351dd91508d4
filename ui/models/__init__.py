"""Rows for Qt: models that need no widgets."""
