"""The styles of every widget are parsed while the first screen is read.

Textual parses those of a class when one of its widgets is first mounted: the first screen with
fields would wait for them. They are handed to its style sheet as it would hand them itself, which
a test holds: mounting the widgets then adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from inspect import getfile

from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.widget import Widget

from espace_tui.widgets.page import SIZE_CSS, add_size_styles

OURS = __name__.partition(".")[0]


def widget_classes(base: type[Widget] = Widget) -> Iterator[type[Widget]]:
    """Return our widgets and screens that are imported."""
    for each in base.__subclasses__():
        if each.__module__.partition(".")[0] == OURS:
            yield each
        yield from widget_classes(each)


def lineage(widget: type[DOMNode]) -> Iterator[type[DOMNode]]:
    """Return a class and those whose styles it inherits."""
    node: type[DOMNode] | None = widget
    while node is not None:
        yield node
        node = next((base for base in node.__bases__ if issubclass(base, DOMNode)), None)


def add_styles(stylesheet: Stylesheet, widget: type[Widget]) -> None:
    """Add the styles of a class to a style sheet, and parse them."""
    for distance, each in enumerate(lineage(widget)):
        if css := vars(each).get("DEFAULT_CSS", ""):
            stylesheet.add_source(
                css,
                read_from=(getfile(each), f"{each.__name__}.DEFAULT_CSS"),
                is_default_css=True,
                tie_breaker=-distance,
                scope=each.__name__ if vars(each).get("SCOPED_CSS", True) else "",
            )
    stylesheet.parse()


def add_size(stylesheet: Stylesheet, name: str) -> None:
    """Add the styles of a page of a size, and parse them."""
    add_size_styles(stylesheet, name)
    stylesheet.parse()


def preload_styles(app: App[str]) -> None:
    """Let an app parse the styles of each class between two keys: from any thread."""
    for each in widget_classes():
        app.call_later(add_styles, app.stylesheet, each)
    for name in SIZE_CSS:
        app.call_later(add_size, app.stylesheet, name)
