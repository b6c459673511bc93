"""What is heard: each thing once, by its name, numbers in groups, commands in words."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path

import pytest

from espace_tui.errors import InvalidValue
from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.journey.form import Action, ActionKind, Field, FieldKind, Paragraph
from espace_tui.linear.prompt import PATIENCE
from espace_tui.linear.speaker import NBSP, PROMPT_WIDTH, Speaker, group_numbers
from tests.linear.conversation import converse
from tests.linear.fake_steps import CHOICE, LINE, SECRET, TICK, SmallStep, required
from tests.linear.golden import transcript
from tests.linear.journeys import CREDENTIALS, TO_CONTACTS, Journey
from tests.linear.scripted_console import ScriptedConsole
from tests.linear.transcript_rules import breaches

SENDING = Action("send_code", explicit=True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Exemple : 2 55 08 14 168 025 38.", "Exemple : 2, 55, 08, 14, 168, 025, 38."),
        ("255081416802538", "2, 55, 08, 14, 168, 025, 38"),
        ("le début imprimé 8025000002", "le début imprimé 80, 25, 00, 00, 02"),
        ("Kd7m P3xR w9Tf", "Kd7m, P3xR, w9Tf"),
        ("+33 6 39 98 12 34", "+33, 6, 39, 98, 12, 34"),
        ("1234567890 1", "12, 34, 56, 78, 90, 1"),
        ("le 3422, de 8 h 30 à 17 h 30, en 2026", "le 3422, de 8 h 30 à 17 h 30, en 2026"),
        (
            "03/01/1984 à 9:00, camille1984123@exemple.fr",
            "03/01/1984 à 9:00, camille1984123@exemple.fr",
        ),
        ("une adresse : monespacesante.fr/123456789", "une adresse : monespacesante.fr/123456789"),
    ],
)
def test_a_number_is_said_in_groups(words: str, said: str) -> None:
    assert group_numbers(words).replace(NBSP, " ") == said
    assert group_numbers(group_numbers(words)) == group_numbers(words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "words",
    [
        "Numéro de série de la carte Vitale",
        "Nouveau numéro de téléphone mobile",
        "Serial number of the card of the Vitale family",
        "Un" + "x" * 20,
        "Code of the message (provisional code)",
    ],
)
def test_a_prompt_fits_a_braille_line_and_begins_with_the_name(words: str, language: str) -> None:
    speaker = Speaker(ScriptedConsole(), Texts(language))
    prompt = speaker.name_in_prompt("linear.prompt.text", words)
    assert len(prompt) < PROMPT_WIDTH
    name = prompt.rstrip(" :" + NBSP)
    assert words.startswith(name)
    assert name.split()[-1] not in {"de", "la", "of", "the"}
    assert name.count("(") == name.count(")")


async def test_a_label_too_long_for_its_prompt_is_said_whole_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long = Field("serial", required("choice.missing"), text_key="terms")
    held = await converse(monkeypatch, SmallStep(long, LINE), [])
    label = Texts("en")(long.text_for("label"))
    assert len(label) > PROMPT_WIDTH
    assert f"Question 1 of 2: {label}" in held.text


async def test_a_label_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(LINE, CHOICE, TICK), ["ab12", "1", ":quit"])
    for label in ("Provisional code", "Type of card", "Keep a diagnostic log"):
        assert held.text.count(label) == 1


async def test_what_a_number_chooses_is_said_back(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(CHOICE), ["1", "1"])
    assert "Chosen: with a photo" in held.text
    assert "Chosen: Continue" in held.text
    held = await converse(monkeypatch, SmallStep(CHOICE), ["1", ""])
    assert "Chosen: Continue" not in held.text  # Enter does what the prompt says


@pytest.mark.parametrize("word", ["help", "aide", "Aide.", "« HELP »"])
@pytest.mark.parametrize("small", [SmallStep(CHOICE), SmallStep(TICK), SmallStep()])
async def test_a_command_without_its_sign_is_obeyed_where_it_is_no_answer(
    monkeypatch: pytest.MonkeyPatch, small: SmallStep, word: str
) -> None:
    held = await converse(monkeypatch, small, [word, "quitter"])
    assert held.text.count("All the commands") == 1 + 1  # at the start, and in the help
    assert held.outcome == "quit"


async def test_so_it_is_where_a_field_cannot_take_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def four_letters(text: str) -> str:
        if len(text) != LINE.length:
            raise InvalidValue("choice.missing")
        return text

    field = Field("code", four_letters, length=4, values={"length": 4})
    held = await converse(
        monkeypatch, SmallStep(field, TICK), ["repeat", "retour", "aide", ":quit"]
    )
    assert "there is nothing before" in held.text
    assert held.step.submitted == []


async def test_an_answer_that_is_the_name_of_a_command_is_an_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), ["help", ""])
    assert held.step.submitted == [{"code": "help"}]


async def test_only_enter_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep(LINE)
    small.block_list = tuple(Paragraph(Text(f"terms.{number}")) for number in range(1, 7))
    console = ScriptedConsole(["next", "quit"], page=8)
    held = await converse(monkeypatch, small, console)
    assert "Error: press Enter" in held.text
    assert held.outcome == "quit"


async def test_an_act_is_chosen_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(LINE, actions=(SENDING,)), ["ab12", ""])
    assert held.step.submitted == []
    assert "1. Send me a code" in held.text
    held = await converse(monkeypatch, SmallStep(LINE, actions=(SENDING,)), ["ab12", "1"])
    assert held.step.submitted == [{"code": "ab12"}]


async def test_a_corrected_answer_is_no_act(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep(LINE, actions=(SENDING, Action("return", ActionKind.BACK)))
    held = await converse(monkeypatch, small, ["wrong", "1", "ab12", "", "", "1"])
    assert held.text.count("Error: answer with a number") == 2
    assert held.step.submitted == [{"code": "ab12"}]


@pytest.mark.parametrize("added", ["cd34", "ab12cd34"])
async def test_what_is_typed_whole_beside_a_kept_answer_replaces_it(
    monkeypatch: pytest.MonkeyPatch, added: str
) -> None:
    def four(text: str) -> str:
        if len(text) != LINE.length:
            raise InvalidValue("choice.missing")
        return text

    small = SmallStep(Field("code", four, length=4, values={"length": 4}))
    small.draft, small.focus = {"code": "ab12"}, "code"
    console = ScriptedConsole([added if len(added) > 4 else "ab12" + added, ""], prefills=True)
    held = await converse(monkeypatch, small, console)
    assert held.step.submitted == [{"code": "cd34"}]
    assert "We read: cd34." in held.text


REPEATED = Field("confirmation", required("confirmation.missing"), FieldKind.SECRET, review=False)


async def test_a_password_that_changes_has_its_confirmation_asked_again_without_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = SmallStep(SECRET, REPEATED)
    held = await converse(monkeypatch, small, ["wrong", "first", "", "second", "second", ""])
    assert held.text.count("Error:") == 1 + (held.outcome == "ended")
    assert held.step.submitted == [{"password": "second", "confirmation": "second"}]


async def test_an_error_chosen_in_a_list_is_not_said_again(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Field("email", required("channel.missing"))
    held = await converse(monkeypatch, SmallStep(LINE, wrong), ["wrong", "wrong", "", "2", ":quit"])
    assert held.text.count(Texts("en")("error.channel.missing")) == 1


async def test_a_short_error_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_text: str) -> str:
        raise InvalidValue("nir.missing")

    field = Field("nir", refuse)
    long = await converse(monkeypatch, SmallStep(field), ["1", "", ":quit"])
    short = await converse(monkeypatch, SmallStep(field), ["1", "", ":quit"], verbosity="short")
    assert "Example" in long.text
    assert "Example" not in short.text
    assert "Error: " in short.text


@pytest.mark.parametrize("lines", [("",), ("9", "8"), ("!",)])
async def test_a_machine_that_never_stops_is_stopped(
    monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...]
) -> None:
    offers = (Action("accept_all", ActionKind.ACT), Action("refuse_all", ActionKind.ACT))
    answers = list(islice(cycle(lines), PATIENCE * 2))
    console = ScriptedConsole(answers, interactive=False)
    held = await converse(monkeypatch, SmallStep(actions=offers), console)
    assert held.outcome == "ended"
    assert "keeps coming back: the assistant stops." in held.text
    person = ScriptedConsole([*answers, "quit"])
    held = await converse(monkeypatch, SmallStep(actions=offers), person)
    assert held.outcome == "quit"


@pytest.mark.parametrize(("width", "longest"), [(0, 1000), (40, 40), (72, 72), (120, 120)])
async def test_lines_are_as_wide_as_one_wants(
    monkeypatch: pytest.MonkeyPatch, width: int, longest: int
) -> None:
    console = ScriptedConsole([":quit"])
    small = SmallStep(LINE)
    small.block_list = (Paragraph(Text("terms.1")),)
    monkeypatch.setattr("tests.linear.conversation.breaches", lambda _text: [])
    await converse(monkeypatch, small, console, width=width)
    most = max(map(len, console.lines))
    assert most <= longest
    assert (most > 72) == (width not in {40, 72})


async def test_pages_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep(LINE)
    small.block_list = tuple(Paragraph(Text(f"terms.{number}")) for number in range(1, 7))
    held = await converse(monkeypatch, small, ScriptedConsole([":quit"], page=8), paging=False)
    assert held.console.prompts == ["Provisional code: "]


async def test_any_answer_is_read_at_the_review(tmp_path: Path) -> None:
    lines = (
        *(":show 2", ":show", "8", ":spell 4", ":spell", "<", ":show password", ":show nothing"),
        *("<", ":quit"),
    )
    before = (*TO_CONTACTS, "", *CREDENTIALS)
    text, _ = await transcript(Journey("reading", before, lines), "en", tmp_path)
    said = " ".join(text.split())
    assert "Social security number: 2, 84, 05, 88, 321, 025, 32" in said
    assert "Group 1 of 3: 3, 1, 4, 1" in said
    assert "Password: (hidden)" not in text
    assert "Password: Rivi" in said or "Password: " in said
    assert breaches(text) == []
