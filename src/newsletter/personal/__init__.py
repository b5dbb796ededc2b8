"""A message for each reader: lists of readers, messages with their values, and where these are written."""
