"""The sentences of findings and verdicts: text ids with their values, looked up when shown.

>>> from espace_tui.i18n import Texts
>>> Texts("en")(sentence(Finding("hurry")))
'It puts pressure on you.'
"""

from __future__ import annotations

from datetime import date

from espace_tui.guide.message.letter import Finding, Verdict
from espace_tui.i18n import Text


def sentence(finding: Finding) -> Text:
    """Return the sentence of a finding."""
    values: dict[str, object] = dict(finding.values)
    if "how" in values:
        values["how"] = Text(f"finding.how.{values['how']}")
    if "date" in values:
        values["date"] = date.fromisoformat(str(values["date"]))
    return Text(f"finding.{finding.code}", values)


def weighed(finding: Finding) -> Text:
    """Return the sentence of a finding, led by the word of its weight (no meaning by colour)."""
    return Text(f"finding.severity.{finding.severity}", {"sentence": sentence(finding)})


def title(verdict: Verdict) -> Text:
    """Return the name of a result."""
    return Text(f"verdict.{verdict}")


def advice(verdict: Verdict) -> tuple[Text, Text]:
    """Return what to do, and what is always right."""
    return Text(f"verdict.{verdict}.do"), Text("verdict.always")
