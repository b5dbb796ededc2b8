"""CSS as the field knows it: parsing, media queries, selector matching, the cascade and computed values."""
