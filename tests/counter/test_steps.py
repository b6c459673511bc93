"""What a visit says and leads to: from the waiting screen to the parting, with nothing kept."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest

from espace_tui.backends.port import Backend
from espace_tui.counter.desk import CounterDesk, in_order
from espace_tui.counter.handouts import LANGUAGES as SHEETS
from espace_tui.counter.tally import WITHHELD, Tally, month_of
from espace_tui.counter.visit import WORDS, Visit
from espace_tui.errors import Unreachable
from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Bullets, Facts, Paragraph
from espace_tui.journey.guiding import remembered
from espace_tui.journey.itineraries.activation import ACTIVATION
from espace_tui.journey.itineraries.counter import PARTING, WAITING, visit_itinerary
from espace_tui.journey.itineraries.guide import guide_itinerary
from espace_tui.journey.itineraries.visited import visited
from espace_tui.journey.session import Session
from espace_tui.journey.steps.counter.between import SheetLanguage
from espace_tui.journey.steps.counter.greeting import VisitPurpose
from espace_tui.journey.steps.counter.parting import Autonomy, VisitEnd
from espace_tui.journey.wizard import Wizard
from espace_tui.local.settings.fields import PURPOSES
from espace_tui.local.settings.file import parse_toml
from tests.journey.steps.situations import SITE, FakeNotes
from tests.walks.worlds import FirstRun, PocketKeyring


def visit(notes: FakeNotes) -> Wizard:
    """Return a wizard where somebody may sit down."""
    context = StepContext(cast("Backend", None), FirstRun(), PocketKeyring())
    return Wizard(context, visit_itinerary(notes), visited(guide_itinerary(SITE), notes))


def said(wizard: Wizard, language: str = "fr") -> str:
    """Return what a step has to read."""
    texts, words = Texts(language), []
    for block in wizard.view().blocks:
        match block:
            case Paragraph(text):
                words.append(texts(text))
            case Bullets(several):
                words += map(texts, several)
            case Facts(rows):
                words += [f"{texts(a)}={texts(b) if isinstance(b, Text) else b}" for a, b in rows]
            case _:
                raise AssertionError(block)
    return "\n".join(words)


def offered(wizard: Wizard) -> list[str]:
    """Return the names of what can be done."""
    return [action.name for action in wizard.view().actions]


def read(path: str) -> str:
    """Return what a file holds."""
    return Path(path).read_text("utf-8")


async def fill(wizard: Wizard, **typed: str) -> bool:
    """Answer, and go on."""
    for name, text in typed.items():
        wizard.set_text(name, text)
    return await wizard.submit()


async def test_the_waiting_screen_leads_to_all_that_a_helper_needs() -> None:
    wizard = visit(FakeNotes())
    assert offered(wizard) == [
        "begin_visit",
        "practise",
        "to_handouts",
        "to_counts",
        "to_computer",
        "leave_counter",
    ]
    assert "Mairie de Trifouilly" in said(wizard)
    for name in ("to_handouts", "to_counts", "to_computer"):
        assert await wizard.submit(name)
        assert await wizard.submit("return_to_waiting")
        assert (wizard.step_name, wizard.can_go_back) == (WAITING, False)


async def test_a_locked_counter_offers_no_way_out_of_it() -> None:
    wizard = visit(FakeNotes(exercise=True))
    assert "leave_counter" not in offered(wizard)
    assert wizard.step.own_exit


async def test_nobody_goes_back_to_the_waiting_screen_of_another_person() -> None:
    wizard = visit(FakeNotes())
    await wizard.submit("begin_visit")
    assert (wizard.step_name, wizard.can_go_back) == ("counter_comfort", False)
    assert wizard.step.own_exit  # one parts from somebody who sat down
    assert not wizard.finished


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ("erased", "Personne n’a répondu"),
        ("cleared", "comme demandé"),
        ("broken", "ABCD-2345"),
        ("", "Rien de la personne"),
    ],
)
def test_the_next_person_reads_only_how_the_visit_before_ended(after: str, words: str) -> None:
    assert words in said(visit(FakeNotes(after=after)))


def test_a_visit_that_broke_without_a_name_says_so() -> None:
    notes = FakeNotes(after="broken")
    notes.reference = ""
    assert "Rien n’a été gardé" in said(visit(notes))


async def test_the_person_hears_how_long_the_screen_is_kept_and_may_keep_it_longer() -> None:
    notes = FakeNotes()
    wizard = visit(notes)
    await wizard.submit("begin_visit")
    assert "pendant 5 minutes, l’écran se masque" in said(wizard)
    assert "90 secondes plus tard" in said(wizard)
    assert await wizard.submit("longer_time")
    assert [notes.is_longer] == [True]
    assert wizard.step_name == "counter_comfort"
    assert await wizard.submit("usual_time")
    assert [notes.is_longer] == [False]
    notes.hides_after = 0
    assert await wizard.submit("longer_time")
    assert "ne se masque pas tout seul" in said(wizard)
    assert notes.get("reached") == "greeting"


async def test_what_the_face_does_is_nothing_to_the_wizard() -> None:
    wizard = visit(FakeNotes())
    await wizard.submit("begin_visit")
    faces = {action.name: action.face for action in wizard.view().actions if action.face}
    assert faces == {
        "other_language": "language",
        "other_colours": "theme",
        "line_by_line": "linear",
    }
    for name in faces:
        assert await wizard.submit(name)
        assert wizard.step_name == "counter_comfort"


async def test_a_settings_file_chooses_what_a_visit_may_be_about() -> None:
    notes = FakeNotes()
    notes.purposes = ("official", "message")
    wizard = visit(notes)
    await wizard.start("counter_purpose")
    (field,) = wizard.view().fields
    assert field.choices == notes.purposes


def test_the_words_of_the_settings_the_steps_and_the_counts_are_the_same() -> None:
    assert tuple(VisitPurpose) == PURPOSES == WORDS["purpose"]
    assert WORDS["autonomy"] == tuple(Autonomy)
    assert WORDS["end"][: len(VisitEnd)] == tuple(VisitEnd)
    assert WORDS["language"] == LANGUAGES
    assert tuple(SheetLanguage) == SHEETS


@pytest.mark.parametrize(("autonomy", "noted"), [("", ""), ("skip", ""), ("alone", "alone")])
async def test_autonomy_is_asked_and_may_be_left(autonomy: str, noted: str) -> None:
    notes = FakeNotes()
    wizard = visit(notes)
    await wizard.start(PARTING)
    assert await fill(wizard, visit_end="later", autonomy=autonomy)
    assert (notes.get("end"), notes.get("autonomy")) == ("later", noted)
    assert wizard.itinerary.exits_at(wizard.step_name)


async def test_the_counts_are_said_in_words() -> None:
    wizard = visit(FakeNotes())
    await wizard.submit("to_counts")
    assert "toutes=moins de 5" in said(wizard)
    assert "un écran que le guide ne connaît pas=moins de 5" in said(wizard)
    assert not [line for line in said(wizard).splitlines() if "counts." in line]


@pytest.mark.parametrize(("counts", "words"), [(True, "Aucune visite"), (False, "pas comptées")])
async def test_no_count_is_said_too(*, counts: bool, words: str) -> None:
    notes = FakeNotes()
    notes.counts, notes.counted = counts, ()
    wizard = visit(notes)
    await wizard.submit("to_counts")
    assert words in said(wizard)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_risk_of_the_computer_says_what_to_do(language: str) -> None:
    notes = FakeNotes()
    wizard = visit(notes)
    await wizard.submit("to_computer")
    lines = said(wizard, language).splitlines()
    assert len(lines) == 2 * len(notes.risks)
    assert not [line for line in lines if "counter.computer" in line or "{" in line]
    notes.risks = ()
    fit = visit(notes)
    await fit.submit("to_computer")
    assert len(said(fit).splitlines()) == 1


async def test_a_sheet_is_written_where_one_says_and_nothing_is_opened() -> None:
    notes = FakeNotes()
    notes.written = ""
    wizard = visit(notes)
    await wizard.submit("to_handouts")
    assert not await fill(wizard, sheet_language="ar", sheet_kind="easy")
    assert [problem.code for problem in wizard.view().problems] == ["sheet_kind.no-easy"]
    assert not await fill(wizard, sheet_kind="page", sheet_folder="/closed")
    assert [problem.code for problem in wizard.view().problems] == ["sheet_folder.closed"]
    assert await fill(wizard, sheet_folder=" /stack ")
    assert notes.written == "/stack/page-ar"
    assert "/stack/page-ar" in said(wizard)
    assert wizard.view().fields == ()
    assert await wizard.submit("another_handout")
    assert len(wizard.view().fields) == 3


async def test_an_unknown_screen_is_counted_and_the_site_is_the_furthest_reached() -> None:
    notes = FakeNotes()
    guide = visited(guide_itinerary(SITE), notes)
    session = Session()
    which, site = guide.leads["guide_which"], guide.finish
    assert callable(which)
    assert callable(site)

    assert which(remembered(session, heading="channel")) == "screen_channel"
    assert notes.get("screen") == ""
    assert which(remembered(session, heading="none")) == "guide_unknown"
    assert notes.get("screen") == "other"
    assert site(remembered(session, screen="channel")) == "screen_channel"
    assert notes.get("reached") == "site"


def test_what_ends_here_ends_in_the_parting() -> None:
    here = visited(ACTIVATION, FakeNotes())
    assert {here.leads[name] for name in ("opposed", "signed_out")} == {PARTING}
    home = visit_itinerary(FakeNotes()).exchanged["home"]
    assert (home.name, home.target) == ("to_parting", PARTING)


async def test_the_desk_reads_the_counts_of_this_month_and_writes_sheets(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path)}
    desk = CounterDesk(environment)
    tally = Tally(tmp_path / ".local/state/espace-tui/tally.json")
    month = month_of(datetime.now().astimezone())
    for _ in range(5):
        tally.add(Visit({"end": "finished", "screen": "other"}), month)
    await desk.read_counts()
    assert desk.counted == (("visits", "all", 5), ("end", "finished", 5), ("screen", "other", 5))
    await desk.look_at_computer()
    assert "no-terminal" in {code for code, _, _ in desk.risks}
    for kind, other, name in (
        ("page", "fr", "aide-memoire.html"),
        ("easy", "en", "aide-memoire-en-facile.html"),
        ("text", "uk", "aide-memoire-uk.txt"),
    ):
        await desk.write_handout(other, kind, "")
        assert desk.written == str(tmp_path / name)
        assert "monespacesante.fr" in read(desk.written)
    with pytest.raises(Unreachable):
        await desk.write_handout("fr", "page", "absent")
    (tmp_path / "aide-memoire.txt").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unreachable):
        await desk.write_handout("fr", "text", "")


def test_counts_come_in_the_order_of_the_lists() -> None:
    counts = {"span=30-60": 5, "end=later": 4, "end=finished": 9, "end=other": 6, "visits": 19}
    assert list(in_order(counts)) == [
        ("visits", "all", 19),
        ("end", "finished", 9),
        ("end", "later", None),
        ("end", "other", WITHHELD),
        ("span", "30-60", 5),
    ]


def test_the_settings_that_are_shipped_for_a_counter_can_be_read() -> None:
    folder = Path(__file__).parents[2] / "deploy" / "counter"
    content = (folder / "counter.toml").read_bytes()
    lines = [line.removeprefix("# ") for line in content.decode().splitlines() if " = " in line]
    assert parse_toml(folder, content)["counter_lock"] is True
    assert tomllib.loads("\n".join(lines))["counter_screens"] == [*PURPOSES[:-1]]
    unit = (folder / "espace-tui-counter.service").read_text("utf-8")
    assert "ExecStart=/opt/espace-tui/bin/espace-tui --counter\n" in unit
    assert "StandardError=tty\n" in unit  # the full screen is drawn there


async def test_for_whom_is_asked_of_whoever_types_and_not_where_it_is_known() -> None:
    notes = FakeNotes()
    wizard = visit(notes)
    await wizard.start("counter_purpose")
    assert await fill(wizard, purpose="official")
    (field,) = wizard.view().fields
    words = [Texts("fr")(field.choice_text(each)) for each in field.choices]
    assert (wizard.step_name, words[:2]) == ("guide_for", ["La personne qui est là", "Son enfant"])
    await wizard.start("counter_purpose")
    assert await fill(wizard, purpose="child")
    assert wizard.step_name == "guide_reach"


@pytest.mark.parametrize(
    ("purpose", "step"), [("message", "check_message"), ("child", "guide_reach")]
)
async def test_a_purpose_leads_to_what_answers_it(purpose: str, step: str) -> None:
    notes = FakeNotes()
    notes.purposes = ("official", purpose)
    wizard = visit(notes)
    await wizard.start("counter_purpose")
    assert await fill(wizard, purpose=purpose)
    assert wizard.step_name == step
