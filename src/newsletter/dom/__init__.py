"""HTML trees: one parser, one serialiser, one numbering of elements, and the removal of an element."""
