"""Deliveries: each sends messages, under `espace_tui.activation.mail.delivery.Delivery`."""
