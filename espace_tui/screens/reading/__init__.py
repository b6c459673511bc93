"""The screens where the person mostly reads."""
