"""Rules about the page; each problem can be fixed in a template."""
