"""Whoever decides: the port (`port`), the registry, and the built-in backends."""
