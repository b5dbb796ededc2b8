"""Reads CSS: rules, media queries, selectors, the cascade and computed values."""
