"""Makes mutants, tries them and counts: ``python -m tools.mutants [part …]``."""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from tools.mutants.operators import Mutant, mutants
from tools.mutants.trial import Copies, Part, copies, survivors, unchanged

ROOT = Path(__file__).parent.parent.parent
REASONED = Path(__file__).with_name("survivors.toml")
MOST = 0.08
"""The share of the mutants of a part that may survive, reasons or not."""


def main() -> None:
    """Run what is asked, and fail if a part lets too much through."""
    parts = _parts()
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description="Mutation run.")
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(parts))
    parser.add_argument(
        "--file", action="append", help="only the modules with this in their path (may be repeated)"
    )
    parser.add_argument("--again", type=Path, help="only what survived in a former output")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    asked = options.parts or list(parts)
    if unknown := [name for name in asked if name not in parts]:
        parser.error(f"no such part: {', '.join(unknown)}")
    with copies(ROOT, options.jobs) as made:
        former = options.again.read_text("utf-8") if options.again else None
        wrong = [_try(parts[name], options.file or (), former, made) for name in asked]
    sys.exit(any(wrong))


def _parts() -> dict[str, Part]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutants"]
    return {
        name: Part(name, tuple(part["sources"]), tuple(part["tests"]), part.get("sample", 0))
        for name, part in table.items()
    }


def _try(part: Part, only: Sequence[str], former: str | None, made: Copies) -> bool:
    """Try a part, print what came of it; return whether it is not as it should be."""
    files = [
        path
        for path in part.files(ROOT)
        if not only or any(each in path.relative_to(ROOT).as_posix() for each in only)
    ]
    chosen = every = [mutant for path in files for mutant in mutants(ROOT, path)]
    if former is not None:
        lived = set(re.findall(r"^  survives: (.*?):\d+: (.*)$", former, re.MULTILINE))
        chosen = [mutant for mutant in every if (mutant.path, mutant.name) in lived]
    elif part.sample and not only:
        chosen = sorted(every, key=_rank)[: part.sample]
    meeting = unchanged(part, made)
    tests = f"{len(meeting.seconds)} tests, {sum(meeting.seconds.values()):.0f} s"
    print(f"{part.name}: {len(chosen)} of {len(every)} mutants; {tests}", flush=True)
    left = []
    for number, (mutant, survived) in enumerate(survivors(chosen, made, meeting), 1):
        if survived:
            left.append(mutant)
            print(f"  survives: {mutant}", flush=True)
        if number % 50 == 0:
            print(f"  {number} tried, {len(left)} survive", flush=True)
    killed = {mutant for mutant in chosen if mutant not in left}
    return _report(part, len(every if former else chosen), left, _stale(files, every, killed))


def _rank(mutant: Mutant) -> bytes:
    """Return what draws a sample: the same each time, where a changed line changes its own part."""
    return hashlib.sha256(f"{mutant.path} {mutant.name}".encode()).digest()


def _report(
    part: Part, total: int, left: Sequence[Mutant], stale: Sequence[tuple[str, str]]
) -> bool:
    reasons = _reasons()
    explained = [mutant for mutant in left if (mutant.path, mutant.name) in reasons]
    print(f"\nSurvivors of {part.name}:" if left else f"\nNone of {part.name} survives.")
    for mutant in sorted(left, key=lambda mutant: (mutant.path, mutant.line)):
        why = reasons.get((mutant.path, mutant.name))
        print(f"  {mutant}\n      {f'changes nothing: {why}' if why else 'NO REASON IS GIVEN'}")
    share = len(left) / max(1, total)
    print(
        f"{part.name}: {total - len(left)} killed, {len(left)} survive"
        f" ({len(explained)} for a reason), score {1 - share:.1%}"
    )
    for path, name in stale:
        print(f"  no longer a survivor, take it out of {REASONED.name}: {path}: {name}")
    if share > MOST:
        print(f"  more than {MOST:.0%} survive")
    return share > MOST or bool(stale)


def _stale(
    files: Sequence[Path], every: Sequence[Mutant], killed: set[Mutant]
) -> list[tuple[str, str]]:
    """Return the reasons of some modules for mutants that are no more, or that were killed."""
    paths = {path.relative_to(ROOT).as_posix() for path in files}
    alive = {(mutant.path, mutant.name) for mutant in every if mutant not in killed}
    return [key for key in _reasons() if key[0] in paths and key not in alive]


def _reasons() -> dict[tuple[str, str], str]:
    """Return why a mutant changes nothing, by its module and its name."""
    table = tomllib.loads(REASONED.read_text("utf-8"))
    return {(one["module"], one["mutant"]): one["why"] for one in table.get("survivor", [])}


if __name__ == "__main__":
    main()
