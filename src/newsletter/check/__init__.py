"""Checks an issue for accessibility problems, and reports each where it was written."""
