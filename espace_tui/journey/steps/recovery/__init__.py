"""The steps for who has lost something: a new code, the identifier, the password."""
