"""The wizard: which steps there are, in which order, and what is asked on each; no screen here."""
