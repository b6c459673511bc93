"""What the proofs of the HTTP backend ask for: a service to talk to."""

from tests.service.places import port, town

__all__ = ["port", "town"]
