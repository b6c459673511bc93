"""The language to answer in, known before anything is understood.

A mistake in the settings is reported later, but in a language too.

    >>> resolve_language(["admin", "--lang=en"], {"HOME": "/nowhere"})
    'en'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from espace_tui.cli.process.service_variables import is_named
from espace_tui.errors import InvalidSettings
from espace_tui.i18n import LANGUAGES
from espace_tui.local.settings import load
from espace_tui.local.settings.environment import implied_defaults


def resolve_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language of the option, of the settings, or of the computer: French at last."""
    asked = _language_option(arguments)
    if asked in LANGUAGES:
        return asked
    if _serves(arguments, environment):
        return str(implied_defaults(environment).get("language", LANGUAGES[0]))
    try:
        return load(environment, {}).language
    except InvalidSettings:
        return str(implied_defaults(environment).get("language", LANGUAGES[0]))


def _language_option(arguments: Sequence[str]) -> str:
    for i, word in enumerate(arguments):
        name, sign, value = word.partition("=")
        if name == "--lang":
            return value if sign else "".join(arguments[i + 1 : i + 2])
    return ""


def _serves(arguments: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Tell whether a command works for a service: nobody's settings say its language."""
    if "service" in arguments:
        return True
    options = {word.partition("=")[0] for word in arguments}
    return "admin" in arguments and bool(
        options & {"--database", "--config"} or is_named(environment)
    )
