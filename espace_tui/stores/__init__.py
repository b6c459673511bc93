"""Stores: each a thin driver of one database engine under `espace_tui.activation.store.Store`."""
