"""Write the OpenAPI document: ``python -m tools.openapi > docs/openapi.json``."""

from __future__ import annotations

import json
import sys
from typing import Any, cast

from espace_tui.service.app import build_api


def main() -> None:
    """Write the document on standard output."""
    house = cast("Any", None)  # nobody is served
    json.dump(build_api(house).openapi(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":  # pragma: no cover — a test calls `main`
    main()
