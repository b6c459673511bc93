"""What opens over a step: help, menu, magnifier, all answers, leaving."""
