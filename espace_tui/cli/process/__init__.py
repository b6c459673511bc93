"""The process itself: hardening, signals and streams."""
