"""The issue and the brand that an editor writes: their fields, models, blocks, Markdown, links and pictures."""
