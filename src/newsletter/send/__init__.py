"""`newsletter send`: check an issue, and send it to a few people who test it, or to each reader of a list."""
