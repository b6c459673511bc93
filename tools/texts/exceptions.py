"""The texts that may hold a sentence of more than 20 words, each with its reason."""

from __future__ import annotations

LONG_SENTENCES: frozenset[str] = frozenset()
