"""Checks an issue for accessibility problems, and reports each at the line that causes it."""
