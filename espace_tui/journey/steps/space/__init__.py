"""The steps of an open space: signing in, the space itself, closing it and signing out."""
