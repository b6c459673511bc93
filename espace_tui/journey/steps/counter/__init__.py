"""A visit at a counter: the greeting, the keyboard that changes hands, the parting."""
