"""A guided terminal wizard to activate a French health record; not an official product."""

__version__ = "0.1.0"
