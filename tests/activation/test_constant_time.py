"""No secret is compared but in constant time: no `==` stands beside the name of one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import espace_tui

HOUSE = Path(espace_tui.__file__).parent
PLACES = sorted(
    path
    for part in ("activation", "service")
    for path in (HOUSE / part).rglob("*.py")
    if path.parent.name != "deliveries"  # their `code` is a status of SMTP or HTTP
)
SECRET = re.compile(
    r"\b\w*(token|digest|hash|hashed|tag|secret|password|pepper|serial|nir|sealed|mac)\b|^code$"
)


def compared(tree: ast.AST) -> list[str]:
    """Return each plain comparison of two values, one of which has the name of a secret."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        and any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops)
        and is_of_secrets([node.left, *node.comparators])
    ]


def is_of_secrets(sides: list[ast.expr]) -> bool:
    """Tell whether values are compared, and one is named like a secret."""
    if any(is_constant(side) for side in sides):
        return False
    return any(SECRET.search(name) for side in sides for name in names(side))


def is_constant(side: ast.expr) -> bool:
    """Tell whether a side is known to everybody: written there, or named as a constant."""
    match side:
        case ast.Attribute(attr=name):
            return name.isupper()
        case _:
            return isinstance(side, ast.Constant)


def names(side: ast.expr) -> list[str]:
    """Return the words that name a side: a variable, an attribute, a key of a row."""
    match side:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return [name]
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return [name]
        case ast.Call(func=called):
            return names(called)
        case _:
            return []


@pytest.mark.parametrize("path", PLACES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_secret_is_compared_in_variable_time(path: Path) -> None:
    assert compared(ast.parse(path.read_text("utf-8"))) == []


def test_the_rule_sees_what_it_should() -> None:
    for wrong in (
        "token == given",
        "row['code_tag'] != tag",
        "self.password == x",
        "digest(a) == b",
        "tag == made(key)",
    ):
        assert compared(ast.parse(wrong))
    for fine in ("stage == 4", "code.value == 'x'", "hmac.compare_digest(tag, other)"):
        assert not compared(ast.parse(fine))
