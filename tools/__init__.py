"""Tools of the project's own developers; nothing here is installed."""
