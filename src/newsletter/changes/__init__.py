"""What changed between two versions of an issue: words added and removed, by article, and articles that moved."""
