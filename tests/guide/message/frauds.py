"""Frauds after published patterns, and what only looks odd."""

from __future__ import annotations

from tests.guide.message.letters import (
    BAD_SAFELINK,
    COPIED_FRAUD,
    KNOWN,
    KNOWN_UNPROVED,
    UNKNOWN,
    Case,
    F,
    U,
    attached,
    fraud,
    link,
    mail,
    within,
)

FRAUDS = [
    Case(
        "look-alike .com",
        mail("Ameli <info@ameli.com>", "Bonjour."),
        F,
        "authentication.none sender.alike",
    ),
    Case(
        "look-alike with a hyphen",
        mail("info@ameli-infos.com", "Bonjour."),
        F,
        "authentication.none sender.alike",
    ),
    Case("rn for m", mail("info@arneli.fr", "Bonjour."), F, "authentication.none sender.alike"),
    Case("1 for l", mail("info@ame1i.fr", "Bonjour."), F, "authentication.none sender.alike"),
    Case(
        "the service's name",
        mail("x@mon-espace-sante.info", "Bonjour."),
        F,
        "authentication.none sender.alike",
    ),
    Case(
        "official name as a label",
        mail("x@info.ameli.fr.exemple.com", "Bonjour."),
        F,
        "authentication.none sender.alike",
    ),
    Case(
        "cyrillic letters", mail("x@аmeli.fr", "Bonjour."), F, "authentication.none sender.foreign"
    ),
    Case(
        "punycode", mail("x@xn--meli-43d.fr", "Bonjour."), F, "authentication.none sender.foreign"
    ),
    Case(
        "address in the name",
        mail(f'"{KNOWN}" <x@exemple.com>', "Bonjour."),
        F,
        "authentication.none sender.disguised",
    ),
    Case(
        "name shown",
        mail("Assurance Maladie <x@gmail.com>", "Bonjour."),
        F,
        "authentication.none sender.disguised",
    ),
    Case(
        "name shown, encoded",
        mail("=?utf-8?b?TW9uIGVzcGFjZSBzYW50w6k=?= <x@exemple.com>", "Bonjour."),
        F,
        "authentication.none sender.disguised",
    ),
    Case(
        "two From",
        mail(above=(("From", "x@exemple.com"),)),
        F,
        "authentication.none code.found link.official sender.several",
    ),
    Case(
        "two addresses in From",
        mail(f"<x@exemple.com>, <{KNOWN}>", "Bonjour."),
        F,
        "authentication.none sender.several",
    ),
    Case(
        "answers to a webmail",
        mail(more=(("Reply-To", "service.ameli@gmail.com"),)),
        F,
        f"{KNOWN_UNPROVED} link.official reply.webmail",
    ),
    Case(
        "bounces to a webmail",
        mail(above=(("Return-Path", "<x@outlook.fr>"),)),
        F,
        f"bounce.webmail {KNOWN_UNPROVED} link.official",
    ),
    Case(
        "carte Vitale 2026",
        fraud("La carte Vitale 2026 est disponible."),
        F,
        f"card.renewal {UNKNOWN}",
    ),
    Case(
        "carte Vitale expires",
        fraud("Votre carte Vitale expire le 30 novembre."),
        F,
        f"card.renewal {UNKNOWN}",
    ),
    Case(
        "new card, postage",
        fraud("Votre nouvelle carte vitale vous attend : frais d'envoi de 0,99 €."),
        F,
        f"asks.bank card.renewal {UNKNOWN}",
    ),
    Case(
        "hidden between letters",
        fraud("Votre c\u200barte Vi\u200btale est périmée."),
        F,
        f"card.renewal hidden {UNKNOWN}",
    ),
    Case(
        "bank card",
        fraud("Saisissez votre numéro de carte bancaire pour le remboursement."),
        F,
        f"asks.bank {UNKNOWN}",
    ),
    Case("RIB", fraud("Envoyez-nous votre RIB."), F, f"asks.bank {UNKNOWN}"),
    Case(
        "FranceConnect",
        fraud("Confirmez vos identifiants FranceConnect pour créer votre espace."),
        F,
        f"asks.secret {UNKNOWN}",
    ),
    Case("password", fraud("Répondez avec votre mot de passe."), F, f"asks.secret {UNKNOWN}"),
    Case(
        "help to create the space",
        fraud("Nous créons votre espace santé : donnez le code reçu par SMS."),
        F,
        f"asks.secret {UNKNOWN}",
    ),
    Case(
        "in English",
        fraud("Your Vitale card has expired. Enter your password within 24 hours."),
        F,
        f"asks.secret card.renewal hurry {UNKNOWN}",
    ),
    Case("a link by number", link("http://203.0.113.7/ameli"), F, f"link.disguised {UNKNOWN}"),
    Case(
        "a link with a user", link("https://ameli.fr@exemple.com/"), F, f"link.disguised {UNKNOWN}"
    ),
    Case("a shortener", link("https://bit.ly/abc"), F, f"link.disguised {UNKNOWN}"),
    Case("a data link", link("data:text/html,x"), F, f"link.disguised {UNKNOWN}"),
    Case("a script", link("java\nscript:alert(1)"), F, f"link.disguised {UNKNOWN}"),
    Case("a punycode link", link("https://xn--meli-43d.fr/"), F, f"link.disguised {UNKNOWN}"),
    Case("a look-alike link", link("https://compte-ameli.info/"), F, f"link.disguised {UNKNOWN}"),
    Case(
        "shown otherwise",
        link("https://exemple.com/x", "www.ameli.fr"),
        F,
        f"link.elsewhere {UNKNOWN}",
    ),
    Case("a bad safelink", link(BAD_SAFELINK, "ameli.fr"), F, f"link.disguised {UNKNOWN}"),
    Case(
        "a host that ends alike",
        link("https://monespacesante.fr.exemple.com/"),
        F,
        f"link.disguised {UNKNOWN}",
    ),
    Case(
        "a bare address in a text message",
        b"Ameli : votre carte est prete sur ameli-vitale.info/c",
        F,
        "link.disguised sender.none",
    ),
    Case(
        "a text message that begins as the insurer's, with a link elsewhere",
        "CPAM : mettez à jour vos informations sur https://mes-droits.example.com".encode(),
        F,
        "link.outside sender.none",
    ),
    Case(
        "an address in wide characters",
        "ｈｔｔｐｓ：／／ameli－infos．com/x".encode(),
        F,
        "link.disguised sender.none",
    ),
    Case(
        "a practice's reminder",
        "RDV le 03/12/2026, pensez à votre carte Vitale : https://rdv.example.com/a".encode(),
        U,
        "link.unknown sender.none",
    ),
    Case(
        "a page attached",
        mail("x@exemple.com", "Bonjour.", parts=attached("formulaire.html", "text/html")),
        F,
        f"attachment.dangerous {UNKNOWN}",
    ),
    Case(
        "an archive attached",
        mail("x@exemple.com", "Bonjour.", parts=attached("f.zip")),
        F,
        f"attachment.dangerous {UNKNOWN}",
    ),
    Case(
        "one picture",
        mail("x@exemple.com", "", parts="--b\nContent-Type: image/png\n\nx\n"),
        F,
        f"image.alone {UNKNOWN}",
    ),
    Case(
        "a form for a password",
        mail(
            "x@exemple.com",
            "",
            "<p>Bonjour Camille, votre espace vous attend ici.</p><input type=password>",
        ),
        F,
        f"asks.secret {UNKNOWN}",
    ),
    Case(
        "a copied fraud",
        mail("dominique@exemple.fr", COPIED_FRAUD),
        F,
        "code.found forwarded link.official sender.alike",
    ),
    Case(
        "a fraud as attachment",
        within(mail("x@ameli.com", "Bonjour.")),
        F,
        "authentication.none forwarded sender.alike",
    ),
    Case(
        "html says what the text does not",
        mail("x@exemple.com", "Bonjour.", "<p>Payez maintenant.</p>"),
        F,
        f"asks.bank {UNKNOWN}",
    ),
    Case("right to left", fraud("Ouvrez la pièce \u202egpj.exe"), U, f"hidden {UNKNOWN}"),
    Case("haste alone", fraud("Dernier rappel avant suspension."), U, f"hurry {UNKNOWN}"),
    Case("a refund", fraud("Un remboursement de 329,60 € est en attente."), U, f"refund {UNKNOWN}"),
    Case("a link elsewhere", link("https://exemple.com/"), U, f"link.unknown {UNKNOWN}"),
]
