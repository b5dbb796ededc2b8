"""What an editor can write, and how it is read: fields, models, Markdown, links, pictures, blocks and the brand."""
