"""The project's own measures: the product beside its yardsticks, in one run. Quote the ratios."""
