"""The screens of signing in and of the open space."""
