"""Keys, sealed values and hashes."""
