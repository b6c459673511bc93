"""What an operator runs beside the service: sending, the six-week rule, campaigns, key rotation.

Everything here may run anywhere, many times at once, beside any number of service processes: what
decides is in `espace_tui.activation`, in single statements of the database.
"""
