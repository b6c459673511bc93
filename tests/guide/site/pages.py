"""A fake official site: static pages with the headings and questions of the real one, on loopback.

It is written by hand from what is known of the site, not from the guide's own file, so that the one
can be held against the other. It takes no account of what is typed, but for two things: a serial
number of zeros is not recognised, and « Titre inconnu » stands where the site may have changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from typing_extensions import override


@dataclass(frozen=True)
class Page:
    """A page: its heading, what it asks, and the page that comes next."""

    heading: str
    asks: tuple[str, ...]
    following: str


PAGES = {
    "accueil": Page("J'active mon profil Mon espace santé", (), "carte"),
    "carte": Page("Mon identité", ("Modèle de carte Vitale",), "identite"),
    "identite": Page(
        "Mon identité",
        ("Date de naissance", "Numéro de sécurité sociale", "Numéro de série"),
        "canal",
    ),
    "canal": Page("Mes coordonnées", ("Où recevoir le code",), "code"),
    "code": Page("Mon code provisoire", ("Code provisoire",), "surprise"),
    "surprise": Page("Titre inconnu", (), "conditions"),
    "conditions": Page("Activation", ("J'accepte les conditions",), "coordonnees"),
    "coordonnees": Page("Mes coordonnées", ("E-mail", "Mobile"), "identifiants"),
    "identifiants": Page(
        "Identifiant et mot de passe",
        ("Identifiant", "Mot de passe", "Confirmer le mot de passe"),
        "fin",
    ),
    "fin": Page("Mon profil a bien été activé", (), "connexion"),
    "connexion": Page("Connexion", ("Identifiant", "Mot de passe"), "accueil"),
}
REFUSED = "Nous ne vous reconnaissons pas."


def page(name: str, refused: str = "") -> str:
    """Return a page as HTML."""
    shown = PAGES[name]
    alert = f'<p role="alert">{refused}</p>' if refused else ""
    fields = "".join(
        f'<label>{each} <input name="f{n}"></label>' for n, each in enumerate(shown.asks)
    )
    return (
        '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Faux site</title>'
        f"<h1>{shown.heading}</h1>{alert}"
        f'<form action="/{name}/suite">{fields}<button>Continuer</button></form></html>'
    )


class FakeSite(BaseHTTPRequestHandler):
    """Serves the pages; going on from one leads to the next, or says why not."""

    def do_GET(self) -> None:
        """Answer one request."""
        address = urlsplit(self.path)
        name, _, goes_on = address.path.strip("/").partition("/")
        if name not in PAGES:
            return self.send_error(404)
        typed = [value for values in parse_qs(address.query).values() for value in values]
        wrong = goes_on and any(value.strip("0") == "" for value in typed)
        if goes_on and not wrong:
            name = PAGES[name].following
        body = page(name, REFUSED if wrong else "").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    @override
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the site on loopback; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), FakeSite)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
