"""A visit at a counter, and the training for it: what a helper and a person do together."""
