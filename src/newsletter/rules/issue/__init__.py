"""Rules about what an editor writes; each can be put right in the issue."""
