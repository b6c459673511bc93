"""Deliveries: each takes letters away under `espace_tui.activation.mail.delivery.Delivery`."""
