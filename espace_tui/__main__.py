"""``python -m espace_tui``: the same as ``espace-tui``."""

from espace_tui.cli import main

main()
