"""The person's own computer: settings, keyring, diagnostic log, private files, crash page."""
