"""What a fraud borrows or hides: domains, names, addresses, words of links, names of files."""

from __future__ import annotations

DOMAINS = """
ameli-connect.fr ameli.fr-compte.com assurancemaladie-fr.com monespace-sante.fr monespacesante.com
espace-sante-fr.net amelli.fr ameIi.fr ame-li.fr am3li.fr ameli-sante.info vitale-renouvellement.com
carte-vitale.info cpam-france.com ameli.gouv.fr.xyz assure.ameli.fr.secure-login.com
securite-sociale.org mon-espace-sante.fr monespacesante.fr.com arneli-assurance.fr ameli24.fr
meslameli.fr monespaoesante.fr monespacesannte.fr assurance-rnaladie.fr assurances-maladie.com
lassurance-maladie.info monespacesanté.fr аmeli.fr xn--meli-43d.fr
""".split()  # noqa: SIM905 — so many names read better in lines
NAMES = (
    "Ameli", "AMELI.FR", "CPAM de Paris", "Caisse primaire d'assurance maladie", "Carte Vitale",
    "Sécurité Sociale", "Mon Espace Santé", "Аmeli", "Аssurаnce Mаlаdie",
    "A s s u r a n c e  M a l a d i e",
    "Assurance-Maladie", "Ministère de la Santé", "info.ameli.fr", "Ass\u200burance Maladie",
    '"<assurance-maladie@info.ameli.fr>"', '"assurance-maladie@info.ameli.fr"',
)  # fmt: skip
HIDDEN_TARGETS = (
    "https://www.google.fr/url?q=https://ameli-infos.com",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fameli-infos.com%2F",
    "https://www.youtube.com/redirect?q=https%253A%252F%252Fameli-infos.com",
    "https://exemple.com/r?to=http%3A%2F%2F203.0.113.7%2F",
    "https://www.ameli.fr/redirect?url=https://ameli-infos.com/x",
    "https://exemple.com/#https://ameli-infos.com",
    "https://urldefense.com/v3/__https://ameli-infos.com/x__;!!a!b$",
    "https://translate.google.com/translate?u=https://ameli-infos.com",
    "https://ameli-infos-com.translate.goog/x",
    "https://www.ameli.fr%40exemple.com/",
    "https://www.ameli.fr:443@exemple.com/",
    "http://3405803783/",
    "http://0xCB007107/",
    "http://[2001:db8::1]/",
    "https://tinyurl.com/abc",
    "https://x.gd/x",
    "https://linktr.ee/ameli",
    "//ameli-infos.com/x",
    "https://www.bing.com/ck/a?u=a1aHR0cHM6Ly9hbWVsaS1pbmZvcy5jb20",
    "https://www.google.com/amp/s/ameli-infos.com/x",
    "https://forms.gle/abc",
    "https:ameli-infos.com",
    "https:\\\\ameli-infos.com",
    "HTTPS://AMELI-INFOS.COM.:8443/x",
    "vbscript:x",
)
PROMISES = (
    "www.ameli.fr",
    "Accéder à www.ameli.fr",
    "monespacesante.fr →",
    "https://www.monespacesante.fr (site sécurisé)",
    "www.am\u200beli.fr",
    "<b>ameli.fr</b>",
)
"""Words of links that promise another place than the one they lead to."""
FILES = """
f.html f.shtml f.xhtml f.mht f.svg f.exe facture.pdf.exe f.js f.zip f.iso f.lnk f.docm f.xlsb f.img
f.rar f.ps1 f.hta f.one f.vbe f.cpl f.chm f.reg f.cab f.ace f.dll f.dmg f.pkg f.apk f.exe. f.xll
f.jnlp f.appx f.scf f.library-ms f.tar.gz
""".split()  # noqa: SIM905 — so many names read better in lines
