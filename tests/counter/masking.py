"""Masks in memory: what a counter lets be seen of the answers, as a test decides."""

from __future__ import annotations


class PocketMasks:
    """What may be seen, and the steps at which the keyboard was asked for."""

    def __init__(self, *, always: bool = False, may_reveal: bool = False) -> None:
        self.always = always
        self.may_reveal = may_reveal
        self.concealed = False
        self.asked: list[str] = []

    def change_hands(self, step_name: str) -> str:
        """Keep where one was; lead nowhere else."""
        self.asked.append(step_name)
        return step_name
