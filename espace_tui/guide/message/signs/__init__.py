"""The signs of a message by kind: its addresses, its provider's note, its links, its words."""
