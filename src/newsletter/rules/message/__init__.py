"""Rules about the finished message."""
