"""The screens of an activation."""
