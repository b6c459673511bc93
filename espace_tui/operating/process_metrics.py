"""The figures of one process, for Prometheus: what runs, and a port of their own to read them."""

from __future__ import annotations

import platform
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Info, ProcessCollector, start_http_server

from espace_tui import __version__


class ProcessMetrics:
    """What every process publishes; a subclass adds its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        build = Info("espace_build", "What runs.", registry=self.registry)
        build.info({"version": __version__, "python": platform.python_version()})

    def serve(self, host: str, port: int) -> Callable[[], None]:
        """Publish the figures on a port; return what stops it."""
        server, thread = start_http_server(port, host, self.registry)

        def stop() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        return stop
