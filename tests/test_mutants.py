"""What `make mutants` changes, what it leaves alone, and which tests it tries."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.mutants.meeting import Meeting
from tools.mutants.operators import mutants


def names(folder: Path, code: str) -> list[str]:
    module = folder / "module.py"
    module.write_text(code, "utf-8")
    return [mutant.name for mutant in mutants(folder, module)]


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("MOST = 8", ["MOST = 9", "MOST = 7"]),
        ('PREFIX = "8025"', ['PREFIX = "9025"']),
        ('SHAPE = re.compile(r"\\bnir")', ['SHAPE = re.compile(r"X\\bnir")']),
        ('problem = f"{stem}.missing"', ['problem = f"{stem}X.missing"']),
        ("secret: str = field(repr=False)", ["secret: str = field(repr=True)"]),
        ("met = size < most", ["met = size <= most"]),
        ("met = size in sizes", ["met = size not in sizes"]),
        ("met = size not in sizes", ["met = size  in sizes"]),
        ("met = one and two", ["met = one or two"]),
    ],
)
def test_a_mutant_differs_by_one_slip(tmp_path: Path, code: str, changed: list[str]) -> None:
    assert names(tmp_path, code) == [f"module: {code} → {line}" for line in changed]


@pytest.mark.parametrize(
    "code",
    [
        '"""What it is, since 1984."""',
        'def parse(text: Literal["1984"]) -> Literal["1984"]: ...',
        "if TYPE_CHECKING:\n    from module import name",
        'A = TypeVar("A1")',
        'wizard = cast("Wizard1", given)',
    ],
)
def test_what_does_nothing_when_a_module_runs_makes_no_mutant(tmp_path: Path, code: str) -> None:
    assert names(tmp_path, code) == []


def test_the_same_slip_twice_in_a_function_is_told_apart(tmp_path: Path) -> None:
    code = "def size():\n    grow(1)\n    grow(1)\n"
    assert [name for name in names(tmp_path, code) if name.endswith("(2)")]
    assert len(set(names(tmp_path, code))) == 4


MODULE = """LIMIT = 8

def met(size=LIMIT):
    if size < 1:
        return (
            "small"
        )
    return "large"

@cache
def kept():
    return 1

def unmet():
    return 2
"""


@pytest.mark.parametrize(
    ("line", "tried"),
    [
        (1, ["own", "small", "large", "apart"]),  # whoever reads it
        (3, ["own", "small", "large", "apart"]),
        (4, ["own", "small", "large"]),
        (6, ["small"]),  # any line of the statement
        (8, ["own", "large"]),
        (12, ["own", "small", "large", "apart"]),  # met once, and read by others
        (15, []),
    ],
)
def test_a_slip_is_tried_on_the_tests_that_meet_its_statement(line: int, tried: list[str]) -> None:
    test = {
        "own": "tests/test_module.py::test_own",
        "small": "tests/test_other.py::test_small",
        "large": "tests/test_other.py::test_large",
        "apart": "tests/test_apart.py::test_apart",
    }
    met = {
        4: ["tests/test_module.py", test["small"], test["large"]],
        5: [test["small"]],
        8: [test["own"], test["large"]],
        12: [test["small"]],
    }
    seconds = {test["large"]: 2.0, test["apart"]: 1.0, test["small"]: 0.5, test["own"]: 9.0}
    meeting = Meeting(seconds, {"module.py": met})
    names = {name: short for short, name in test.items()}
    assert [names[each] for each in meeting.tests_of("module.py", MODULE, line)] == tried
