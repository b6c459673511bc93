"""A guided terminal wizard for the activation of a French health record. Not an official product."""

__version__ = "0.1.0"
