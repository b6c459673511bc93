"""The terminal of the line-by-line face: reading keys and lines, writing text."""
