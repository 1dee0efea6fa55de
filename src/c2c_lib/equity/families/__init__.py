"""Families of measures: how tidy observations become results, one module per kind of rows."""
