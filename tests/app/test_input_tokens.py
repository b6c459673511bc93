"""Promises about what a terminal sends: keys arrive, pastes arrive whole, all else is consumed."""

from __future__ import annotations

import random

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from espace_tui.app.input_tokens import (
    BURST_PAUSE,
    CTRL_C,
    ESC,
    GIVE_UP,
    PASTE_START,
    Escape,
    InputTokens,
    KeyText,
    Pasted,
    Token,
)

LATER = 10.0


def tokens_of(*pieces: str, pause: float = 0.001) -> list[Token]:
    """Read pieces one after the other; what silence completes comes last."""
    tokens, found, now = InputTokens(), list[Token](), 0.0
    for piece in pieces:
        found += tokens.feed(piece, now)
        now += pause
        found += tokens.tick(now)
    return found + tokens.tick(now + LATER)


REPLIES = {
    "colour (OSC 11)": "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    "colour, ended by ST": "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    "version (DCS)": "\x1bP>|tmux 3.3a\x1b\\",
    "terminfo (DCS)": "\x1bP1+r544e=787465726d\x1b\\",
    "graphics (APC)": "\x1b_Gi=31;OK\x1b\\",
    "attributes (DA1)": "\x1b[?62;1;2;4c",
    "attributes (DA2)": "\x1b[>41;354;0c",
    "attributes (DA3)": "\x1bP!|00000000\x1b\\",
    "keyboard flags": "\x1b[?25u",
    "an unknown mode": "\x1b[?9999;0$y",
    "status": "\x1b[0n",
    "size of the window": "\x1b[8;24;80t",
    "of tertiary kind": "\x1b[=1;2c",
    "attributes, by a control of one character": "\x9b?62;1;4c",
    "colour, by controls of one character": "\x9d11;rgb:1e1e/1e1e/1e1e\x9c",
    "version, by controls of one character": "\x90>|tmux 3.3a\x9c",
}


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_a_reply_of_the_terminal_is_consumed_whole(reply: str) -> None:
    assert tokens_of(f"a{reply}b") == [KeyText("ab")]
    assert tokens_of(*f"a{reply}b") == [KeyText("a"), KeyText("b")]


UNEXPECTED = [
    "97;1:1u",
    "97:65;2u",
    "1;1:3D",
    "1114112u",
    "9999999u",
    "55296u",
    "97;999u",
    "5;5;5~",
]


@pytest.mark.parametrize("report", UNEXPECTED)
def test_an_unexpected_report_of_a_key_ends_nothing(report: str) -> None:
    keys = [token.text for token in tokens_of(f"{ESC}[{report}", "z") if isinstance(token, KeyText)]
    parser = XTermParser()
    found = [event for text in keys for event in parser.feed(text)]
    assert isinstance(found[-1], Key)
    assert found[-1].key == "z"


@pytest.mark.parametrize(
    ("report", "key"),
    [
        ("97;1:1u", "a"),
        ("97:65;2u", "A"),
        ("97;5u", "ctrl+c"),
        ("1;1:1D", "left"),
        ("[A", "f1"),
        ("1;5C", "ctrl+right"),
        ("200", ""),
        ("3~", "delete"),
        ("Z", "shift+tab"),
    ],
)
def test_a_key_that_is_understood_arrives(report: str, key: str) -> None:
    keys = [token.text for token in tokens_of(f"{ESC}[{report}") if isinstance(token, KeyText)]
    parser = XTermParser()
    events = [event for text in keys for event in parser.feed(text)]
    found = [event.key for event in events if isinstance(event, Key)]
    wanted = {"97;5u": ["ctrl+a"], "200": []}.get(report, [key])
    assert found == wanted


def test_the_keypad_in_application_mode_types_its_digits() -> None:
    assert tokens_of(*(f"{ESC}O{sign}" for sign in "qprM")) == [
        KeyText(sign) for sign in ("1", "0", "2", "\r")
    ]


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_paste_arrives_whole_wherever_it_was_cut(cut: int) -> None:
    sent = f"{ESC}[200~Kd7m\rP3xR{ESC}[201~z"
    assert tokens_of(sent[:-cut], sent[-cut:], pause=0.2) == [Pasted("Kd7m\rP3xR"), KeyText("z")]
    assert tokens_of(sent[:cut], sent[cut:], pause=0.02) == [Pasted("Kd7m\rP3xR"), KeyText("z")]


def test_no_escape_within_a_paste_is_the_key() -> None:
    assert tokens_of(f"{ESC}[200~a", ESC, f"b{ESC}[201~", pause=0.5) == [Pasted(f"a{ESC}b")]


def test_a_paste_that_never_ends_is_given_up_after_a_second_of_silence() -> None:
    tokens = InputTokens()
    assert tokens.feed(f"{ESC}[200~Kd7m", 0.0) == []
    assert tokens.tick(GIVE_UP - 0.01) == []
    assert tokens.tick(GIVE_UP) == [Pasted("Kd7m")]
    assert tokens.feed("z", GIVE_UP) == [KeyText("z")]


@pytest.mark.parametrize("stuck", [f"{ESC}[200~abc", f"{ESC}]52;c;", f"{ESC}Pabc", f"{ESC}[1;"])
@pytest.mark.parametrize("key", [CTRL_C, f"{ESC}[99;5u"])
def test_ctrl_c_always_arrives(stuck: str, key: str) -> None:
    tokens = InputTokens()
    tokens.feed(stuck, 0.0)
    assert tokens.feed(key, 0.01) == [*([Pasted("abc")] * (PASTE_START in stuck)), KeyText(key)]


@pytest.mark.parametrize("key", [CTRL_C, f"{ESC}[99;5u"])
def test_ctrl_c_read_together_with_an_endless_paste_arrives(key: str) -> None:
    assert InputTokens().feed(f"{PASTE_START}abc{key}", 0.0) == [Pasted("abc"), KeyText(key)]


def test_what_was_pasted_before_ctrl_c_is_not_lost() -> None:
    assert tokens_of(f"{PASTE_START}Kd7m", CTRL_C) == [Pasted("Kd7m"), KeyText(CTRL_C)]


def test_escape_alone_is_a_key_and_an_arrow_cut_in_two_is_none() -> None:
    assert tokens_of(ESC) == [Escape()]
    assert tokens_of(ESC, ESC, pause=0.06) == [Escape(), Escape()]
    assert tokens_of(ESC, "[D", pause=0.04) == [KeyText(f"{ESC}[D")]
    assert tokens_of(f"{ESC}{ESC}[D") == [KeyText(f"{ESC}[D")]
    slow = InputTokens(escape_delay=0.1)
    assert [*slow.feed(ESC, 0.0), *slow.tick(0.09), *slow.feed("[D", 0.095)] == [
        KeyText(f"{ESC}[D")
    ]


def test_a_message_pasted_without_marks_is_one_paste_by_its_speed() -> None:
    message = "Votre code provisoire :\rKd7m P3xR w9Tf\rValable six semaines."
    tokens = InputTokens()
    assert tokens.feed(message, 0.0) == []
    assert tokens.feed(" La suite.", BURST_PAUSE / 2) == []
    assert tokens.tick(2 * BURST_PAUSE) == [Pasted(f"{message} La suite.")]
    for typed in ("Kd7mP3xRw9Tf\r", "1\r2\r3\r"):
        assert all(isinstance(token, KeyText) for token in tokens_of(typed))


def test_nothing_pasted_shows_in_a_repr() -> None:
    assert "Kd7m" not in repr(Pasted("Kd7m"))


ALPHABET = "\x1b\x1b[[]OPX^_;;::0123456789?<>=uu~~ABCDMRScntyIO$ \x07\x9c\x03\x00\r\naé\\漢"


@pytest.mark.parametrize("seed", range(5))
def test_no_sequence_raises_and_the_next_key_arrives(seed: int) -> None:
    draw, parser, tokens, now = random.Random(seed), XTermParser(), InputTokens(), 0.0
    for _ in range(4_000):
        piece = "".join(draw.choice(ALPHABET) for _ in range(draw.randint(1, 12)))
        now += draw.choice([0.001, 0.06, 2])
        for token in [*tokens.tick(now), *tokens.feed(f"{ESC}[{piece}", now)]:
            if isinstance(token, KeyText) and not [*parser.feed(token.text)]:
                parser = XTermParser()
    tokens.tick(now + LATER)
    assert tokens.feed("z", now + LATER) == [KeyText("z")]
