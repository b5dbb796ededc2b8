"""Rules about the finished message, as it is sent."""
