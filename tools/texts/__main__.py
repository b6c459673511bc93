"""``python -m tools.texts compile`` or ``check``."""

from __future__ import annotations

import sys

from tools.texts.catalogues import LOCALE, languages, out_of_step, write_compiled
from tools.texts.exceptions import LONG_SENTENCES
from tools.texts.sentences import LIMITS, too_long, unused


def main() -> None:
    """Compile, or say everything that is wrong and fail."""
    if sys.argv[1:] != ["check"]:
        write_compiled()
        return
    wrong = [*out_of_step(), *too_long(LOCALE, LONG_SENTENCES), *unused(LOCALE, LONG_SENTENCES)]
    if wrong:
        sys.exit("\n".join(wrong))
    limits = ", ".join(f"{files} {limit}" for files, limit in LIMITS.items())
    names = ", ".join(folder.name for folder in languages())
    print(f"{names}: no sentence over its limit of words ({limits})")


if __name__ == "__main__":
    main()
