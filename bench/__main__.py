"""Print every measure in one run: what, how much, and the promise."""

from __future__ import annotations

import os
import platform

from bench import counter, faces, journey, kiosk, message, painting, scale, timing, walk


def main() -> None:
    """Measure, and print a line for each figure."""
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}")
    for part in (journey, faces, painting, walk, counter, message, kiosk, timing, scale):
        for what, found, promise in part.measure():
            print(f"{what:<45} {found:<32} {promise}", flush=True)


if __name__ == "__main__":
    main()
