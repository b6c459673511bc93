"""The steps of an exercise, around those of a visit."""
