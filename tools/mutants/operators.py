"""The changes that make mutants: cosmic-ray's operators, and three of our own.

cosmic-ray changes numbers, comparisons, booleans, conditions and loops, anywhere in a module. It
leaves out strings, where the patterns and the prefixes of this project are, and ``in``. Of its
many replacements of one sign by another, the nearest is kept: the one a slip would make.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.ast.ast_query import ASTQuery
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator
from parso.tree import Leaf, NodeOrLeaf
from typing_extensions import override

_OF_COSMIC_RAY = (
    "AddNot",
    "NumberReplacer",
    "ReplaceAndWithOr",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ReplaceFalseWithTrue",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ZeroIterationForLoop",
    *(
        f"ReplaceComparisonOperator_{change}"
        for change in ("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is")
    ),
    *(f"ReplaceComparisonOperator_{change}" for change in ("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt")),
    *(
        f"ReplaceBinaryOperator_{change}"
        for change in ("Add_Sub", "Sub_Add", "Mul_FloorDiv", "FloorDiv_Mul", "Mod_Mul")
    ),
    "ReplaceBinaryOperator_BitAnd_BitOr",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_USub_UAdd",
)

Position = tuple[tuple[int, int], tuple[int, int]]


class _LeafReplacer(Operator):  # type: ignore[misc] # cosmic-ray ships no types
    """Changes the text of one leaf of the tree."""

    def replaced(self, leaf: Leaf) -> str | None:
        """Return the new text of a leaf, or None to leave it alone."""
        raise NotImplementedError

    def mutation_positions(self, node: NodeOrLeaf) -> Iterator[Position]:
        """Return where this operator applies within one node: the node or nothing."""
        if isinstance(node, Leaf) and self.replaced(node) is not None:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Leaf, index: int) -> Leaf:
        """Change the node."""
        del index
        node.value = self.replaced(node) or ""
        return node

    @classmethod
    def examples(cls) -> tuple[()]:
        """Return nothing: what cosmic-ray tests itself with."""
        return ()


class StringReplacer(_LeafReplacer):
    """Changes the first digit of a string by one; puts a letter before one that has none."""

    @override
    def replaced(self, leaf: Leaf) -> str | None:
        if leaf.type not in {"string", "fstring_string"}:
            return None
        digit = re.search("[0-9]", leaf.value)
        if digit:
            other = (int(digit[0]) + 1) % 10
            return f"{leaf.value[: digit.start()]}{other}{leaf.value[digit.end() :]}"
        opening = (
            re.match("[A-Za-z]*(\"\"\"|'''|\"|')", leaf.value) if leaf.type == "string" else None
        )
        at = opening.end() if opening else 0
        return f"{leaf.value[:at]}X{leaf.value[at:]}"


class InReplacer(_LeafReplacer):
    """Turns ``in`` of a comparison into ``not in``."""

    @override
    def replaced(self, leaf: Leaf) -> str | None:
        return "not in" if leaf.value == "in" and _parent(leaf) == "comparison" else None


class NotInReplacer(_LeafReplacer):
    """Turns ``not in`` into ``in``."""

    @override
    def replaced(self, leaf: Leaf) -> str | None:
        return "" if leaf.value == "not" and _parent(leaf) == "comp_op" else None


def _parent(leaf: Leaf) -> str:
    return leaf.parent.type if leaf.parent else ""


def _operators() -> list[Operator]:
    theirs = [get_operator(f"core/{name}")() for name in _OF_COSMIC_RAY]
    return [*theirs, StringReplacer(), InReplacer(), NotInReplacer()]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one module."""

    path: str
    """From the root of the project, with slashes."""
    name: str
    """What it is called in `survivors.toml`: the function, then the line before and after.

    Not the line's number, so that it stays the same while the module grows.
    """
    line: int
    code: str
    """The whole module, changed."""

    @override
    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.name}"


def mutants(root: Path, path: Path) -> Iterator[Mutant]:
    """Return every mutant of a module, in the same order each time."""
    source = path.read_text("utf-8")
    meaning, seen = _meaning(source), Counter[str]()
    for operator in _operators():
        positions = [
            (node, position)
            for node in ast_nodes(get_ast(source))
            for position in operator.mutation_positions(node)
        ]
        for occurrence, (node, ((line, _), _)) in enumerate(positions):
            code = mutate_code(source, operator, occurrence)
            if code is None or _meaning(code) in {meaning, None}:
                continue
            name = f"{_definition(node)}: {_change(source, code)}"
            seen[name] += 1
            again = f" ({seen[name]})" if seen[name] > 1 else ""
            yield Mutant(path.relative_to(root).as_posix(), name + again, line, code)


def _definition(node: NodeOrLeaf) -> str:
    return ASTQuery(node).get_definition_name() or "module"


def _change(before: str, after: str) -> str:
    """Return « old line → new line », of the lines that differ."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    old = " ".join(line[2:].strip() for line in lines if line.startswith("- "))
    new = " ".join(line[2:].strip() for line in lines if line.startswith("+ "))
    return f"{old} → {new}"


class _Bare(ast.NodeTransformer):
    """Takes out what does nothing when a module runs: docstrings, annotations, imports for them."""

    @override
    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """Empty a string that stands alone."""
        alone = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return ast.Pass() if alone else self.generic_visit(node)

    @override
    def visit_If(self, node: ast.If) -> ast.AST:
        """Take out what is for the type checker alone, asked for or not."""
        asked = node.test.operand if isinstance(node.test, ast.UnaryOp) else node.test
        only_types = isinstance(asked, ast.Name) and asked.id == "TYPE_CHECKING"
        return ast.Pass() if only_types else self.generic_visit(node)

    @override
    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Take out what tells the type checker of a type: its name, or what a value is."""
        if isinstance(node.func, ast.Name) and node.func.id in {"TypeVar", "cast"}:
            node.args[0] = ast.Constant("")
        return self.generic_visit(node)

    @override
    def visit_arg(self, node: ast.arg) -> ast.AST:
        """Take out the annotation of a parameter."""
        node.annotation = None
        return node

    @override
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Take out what a function returns."""
        node.returns = None
        return self.generic_visit(node)

    @override
    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        """Take out what a coroutine returns."""
        node.returns = None
        return self.generic_visit(node)


def _meaning(code: str) -> str | None:
    """Return what a module does when it runs; None if it cannot be compiled."""
    try:
        compile(code, "mutant", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    return ast.dump(_Bare().visit(ast.parse(code)))
