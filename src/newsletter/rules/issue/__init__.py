"""Rules about what an editor writes; each problem can be fixed in the issue."""
