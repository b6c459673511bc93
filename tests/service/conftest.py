"""What the proofs of the service ask for."""

from tests.service.places import asking, port, town

__all__ = ["asking", "port", "town"]
