"""The settings given by the environment, and what the environment implies.

>>> from_environment({"ACCESSIBLE": "1"})
{'linear': True}
>>> implied_defaults({"LC_ALL": "en_GB.UTF-8", "NO_COLOR": "1"})
{'language': 'en', 'theme': 'terminal'}
"""

from __future__ import annotations

from collections.abc import Mapping

from espace_tui.errors import InvalidSettings
from espace_tui.i18n import LANGUAGES
from espace_tui.i18n.spelling import nearest
from espace_tui.local.settings.fields import FIELDS
from espace_tui.local.settings.parsers import OFF

PREFIX = "ESPACE_"
OTHER_VARIABLES = ("ESPACE_SETTINGS",)
LINEAR_VARIABLES = ("ESPACE_LINEAR", "ACCESSIBLE")
"""What asks for the line-by-line face, or for none of it: the first goes before the second."""
_TYPO_LIKENESS = 0.84
"""How alike a variable must be to one of ours to be taken for a slip rather than another's."""


def from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    """Return the fields set by variables; an empty variable sets nothing.

    ``ESPACE_LINEAR`` and ``ACCESSIBLE`` are off for a few words and on for any other.
    """
    _refuse_typos(environment)
    found = {
        name: read(variable, name, environment[variable])
        for name, read in FIELDS.items()
        if name != "linear" and environment.get(variable := PREFIX + name.upper())
    }
    for variable in reversed(LINEAR_VARIABLES):
        if word := environment.get(variable):
            found["linear"] = word.lower() not in OFF
    return found


def _refuse_typos(environment: Mapping[str, str]) -> None:
    known = [*(PREFIX + name.upper() for name in FIELDS), *OTHER_VARIABLES]
    for variable in environment:
        if not variable.startswith(PREFIX) or variable in known:
            continue
        if near := nearest(variable, known, likeness=_TYPO_LIKENESS):
            raise InvalidSettings("unknown-variable", place=variable, key=variable, nearest=near)


LIGHT_GROUNDS = frozenset({"7", "15"})
"""The grounds that `COLORFGBG`, set by some terminals, numbers as light."""


def implied_defaults(environment: Mapping[str, str]) -> dict[str, object]:
    """Return the defaults that the environment suggests: anything set anywhere goes before.

    ``LANGUAGE`` lists languages in the order that the person prefers, and goes before the locale.
    """
    variables = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in variables if environment.get(name)), "")
    wanted = [word[:2].lower() for word in (*environment.get("LANGUAGE", "").split(":"), locale)]
    known = next((word for word in wanted if word in LANGUAGES), "")
    found: dict[str, object] = {"language": known} if known else {}
    if environment.get("NO_COLOR"):
        found["theme"] = "terminal"
    elif environment.get("COLORFGBG", "").rpartition(";")[2] in LIGHT_GROUNDS:
        found["theme"] = "light"
    return found
