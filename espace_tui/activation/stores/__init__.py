"""Stores: the port, and a thin driver of each database engine."""
