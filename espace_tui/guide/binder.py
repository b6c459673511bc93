"""The whole official journey on paper, for a helper's binder: text, or a page to be printed.

Nothing personal can be in it: it is made of the official file alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from espace_tui.guide.official.model import Journey, Official, SiteOutcome
from espace_tui.i18n import Bilingual, Text, Texts

STYLE = """
body { font: 14pt/1.5 sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
h2 ~ h2 { break-before: page; } h2, h3 { break-after: avoid; }
h3 { margin-bottom: 0; } section { break-inside: avoid; }
p { margin: .25rem 0; } ul { margin: .25rem 0 1rem; }
@page { size: A4; margin: 18mm; }
@media print { body { margin: 0; max-width: none; font-size: 12pt; } }
"""


class Binder:
    """Writes the journeys in one language."""

    def __init__(self, official: Official, texts: Texts, age: Text) -> None:
        self._official = official
        self._texts = texts
        self._age = age

    def as_text(self) -> str:
        """Return plain text, also for a Braille embosser."""
        lines = [self._texts("guide.binder.title"), *self._preface(), ""]
        for journey in self._official.journeys.values():
            lines += ["", self._say(journey.title), ""]
            for title, rows, answers in self._screens(journey):
                lines += [title, *(f"  {row}" for row in rows), *(f"  - {one}" for one in answers)]
                lines.append("")
        return "\n".join(lines).rstrip() + "\n"

    def as_page(self) -> str:
        """Return a page without any script, picture or address to be fetched."""
        title = escape(self._texts("guide.binder.title"))
        parts = [f"<p>{escape(line)}</p>" for line in self._preface()]
        for journey in self._official.journeys.values():
            parts.append(f"<h2>{escape(self._say(journey.title))}</h2>")
            parts += map(_section, self._screens(journey))
        return (
            f'<!doctype html>\n<html lang="{self._texts.language}">\n<meta charset="utf-8">\n'
            f"<title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n"
            + "\n".join(parts)
            + "\n</html>\n"
        )

    def _preface(self) -> tuple[str, str]:
        right = Text("guide.right", {"age": self._age})
        return self._texts("guide.intro.unofficial"), self._texts(right)

    def _screens(self, journey: Journey) -> Iterator[_Sheet]:
        """Yield each screen: its title, what is said of it, what the site may answer."""
        for screen in self._official.steps(journey.id):
            values = {"number": screen.number, "heading": " / ".join(screen.headings)}
            said = [
                ("guide.binder.seen", screen.recognise),
                ("guide.binder.do", screen.says),
                ("guide.binder.child", screen.says_child),
                ("guide.binder.letter", screen.says_letter),
            ]
            rows = [self._row(label, text) for label, text in said if text]
            answers = [self._answer(outcome) for outcome in self._official.answers(screen.id)]
            yield self._texts("guide.binder.screen", **values), rows, answers

    def _row(self, label: str, text: Mapping[str, str]) -> str:
        return self._texts(
            Text("guide.binder.row", {"label": Text(label), "text": Bilingual(text)})
        )

    def _answer(self, outcome: SiteOutcome) -> str:
        values = {"answer": Bilingual(outcome.answer), "says": Bilingual(outcome.says)}
        return self._texts("guide.binder.answer", **values)

    def _say(self, words: Mapping[str, str]) -> str:
        return self._texts("guide.words", words=Bilingual(words))


_Sheet = tuple[str, list[str], list[str]]


def _section(sheet: _Sheet) -> str:
    title, rows, answers = sheet
    said = "".join(f"<p>{escape(row)}</p>" for row in rows)
    told = "".join(f"<li>{escape(answer)}</li>" for answer in answers)
    return f"<section><h3>{escape(title)}</h3>{said}<ul>{told}</ul></section>"
