"""The screens of what was lost or forgotten."""
