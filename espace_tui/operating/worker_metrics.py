"""The figures of a worker, for Prometheus: what goes, what waits, and whether anybody works.

They name nobody: channels, outcomes, and reasons of a closed list (the code of a mail server, of a
gateway, or ours).
"""

from __future__ import annotations

import time

from prometheus_client import Counter, Gauge

from espace_tui.activation.mail.sender import DeliveryResult
from espace_tui.model.values import Channel
from espace_tui.operating.process_metrics import ProcessMetrics


class WorkerMetrics(ProcessMetrics):
    """The figures of one worker."""

    def __init__(self) -> None:
        super().__init__()
        self._messages = Counter(
            "espace_messages",
            "Messages sent, put off and given up, and why.",
            ("channel", "outcome", "reason"),
            registry=self.registry,
        )
        self._oldest = self._gauge("espace_oldest_message_seconds", "How late the most late is.")
        self._open = self._gauge("espace_channel_open", "Whether the channel takes messages.")
        self._beat = Gauge(
            "espace_worker_heartbeat_seconds",
            "When the worker last looked for messages, since 1970.",
            registry=self.registry,
        )

    def _gauge(self, name: str, about: str) -> Gauge:
        return Gauge(name, about, ("channel",), registry=self.registry)

    def count(self, channel: Channel, result: DeliveryResult) -> None:
        """Count one message."""
        self._messages.labels(channel.value, result.outcome.value, result.reason).inc()

    def show_age(self, channel: Channel, seconds: int) -> None:
        """Show how long the oldest message of a channel has been due."""
        self._oldest.labels(channel.value).set(seconds)

    def show_channel(self, channel: Channel, *, is_open: bool) -> None:
        """Show whether a channel takes messages."""
        self._open.labels(channel.value).set(is_open)

    def beat(self) -> None:
        """Show that the worker works."""
        self._beat.set(time.time())
