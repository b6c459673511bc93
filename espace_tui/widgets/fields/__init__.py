"""A row for each kind of field: label, hint, input and messages."""
