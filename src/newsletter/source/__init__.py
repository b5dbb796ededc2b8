"""Reads YAML as text: every value is a string with its file, line and column."""
