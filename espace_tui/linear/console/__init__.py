"""The terminal of the line-by-line face: keys and lines are read, lines are written.

Nothing else of the face touches a file descriptor: it goes through the `Console` port.
"""
