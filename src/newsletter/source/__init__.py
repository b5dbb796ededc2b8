"""YAML read as text: every value is a string that remembers its file, line and column."""
