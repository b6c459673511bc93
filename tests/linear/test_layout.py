"""Nothing is said by layout: with every space and line end collapsed, one still gets through."""

from __future__ import annotations

import re
from pathlib import Path

from typing_extensions import override

from espace_tui.i18n import Texts
from espace_tui.journey.wizard import Wizard
from espace_tui.linear import Speaker, run
from tests.linear.scripted_console import ScriptedConsole
from tests.people import ZOE
from tests.walks.script import IDENTIFIER, PASSWORD, SERIAL, Walk
from tests.walks.worlds import embedded

SAID = (
    (r"(\d)\. Activer mon espace", None),
    (r"(\d)\. Tout refuser", None),
    (r"(\d)\. Se déconnecter", None),
    (r"(\d)\. Par e-mail", None),
    (r"(\d)\. avec photo", None),
    (r"(\d)\. J’active Mon espace santé", None),
    (r"Oui ou non \?$", "oui"),
    (r"Code provisoire :$", r"Code provisoire pour Zoé-Anaïs : (\w{12})"),
    (r"sécurité sociale :$", ZOE.nir),
    (r"Numéro de série :$", SERIAL),
    (r"(?:Identifiant|identifiant) :$", IDENTIFIER),
    (r"Mot de passe :$", PASSWORD),
    (r"Déconnexion réussie .*(\d)\. Quitter", None),
    (r"Code à usage unique :$", r"pour vous connecter : (\d{6})"),
    (r"(\d)\. Continuer", None),
    (r"(\d)\. Valider et activer", None),
    (r"(\d)\. Me connecter", None),
    (r"\w+ \(Entrée\) :$", ""),
)
"""What is heard last, and the answer: in the text itself, in all that was heard, or known."""

LONGEST = 60
"""More questions than the whole journey asks."""


def last_said(console: ScriptedConsole) -> str:
    return "\n".join(console.lines[-60:])


class Listener(ScriptedConsole):
    """Someone who hears one long line, and nothing of where it was cut."""

    def __init__(self) -> None:
        super().__init__()
        self._heard = 0
        self._looked = False

    @override
    def _answer(self) -> str:
        assert len(self.prompts) < LONGEST, last_said(self)
        last = " ".join(" ".join(self.lines[self._heard :]).split())
        self._heard = len(self.lines)
        if last.endswith("Code à usage unique :") and not self._looked:
            self._looked = True
            return ":actions"
        if "Voir mes messages" in last and "Répondre à nouveau" in last:
            return "voir mes messages"
        if "Fin du message" in last and "Retour" in last:
            return "retour"
        return self._reply(last)

    def _reply(self, last: str) -> str:
        for pattern, answer in SAID:
            if found := re.search(pattern, last):
                if answer is None:
                    return found.group(1)
                whole = " ".join(" ".join(self.lines).split())
                inside = re.search(answer, whole) if "(" in answer else None
                return inside.group(1) if inside else answer
        raise AssertionError(last)


async def test_one_long_line_is_enough(tmp_path: Path) -> None:
    async with embedded(tmp_path, Walk("listened to", ())) as world:
        wizard, listener = Wizard(world.context()), Listener()
        assert await run(wizard, Speaker(listener, Texts("fr"))) == "done"
        assert wizard.step_name == "signed_out"
        assert (await world.events()).count("activated") == 1
