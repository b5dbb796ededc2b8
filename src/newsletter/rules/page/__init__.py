"""Rules about the page; each can be put right in a template."""
