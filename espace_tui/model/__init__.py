"""The values everybody shares: the domain's words, the grants of a backend, and its policy."""
