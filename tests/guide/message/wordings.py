"""What messages say, in the words of published genuine ones and of published frauds."""

from __future__ import annotations

_HARMLESS = """
Ne communiquez jamais vos coordonnées bancaires, votre mot de passe ni votre numéro de sécurité
sociale par SMS.
--
Soyez vigilant : l’Assurance Maladie ne vous demandera jamais la communication d’informations
personnelles (informations médicales, numéro de sécurité sociale ou coordonnées bancaires) par
e-mail.
--
La carte Vitale est gratuite et n’expire pas. Personne ne vous demandera de payer pour la
recevoir.
--
Attention aux faux SMS qui vous demandent de payer des frais de port pour recevoir une nouvelle
carte Vitale.
--
Des escrocs se font passer pour l’Assurance Maladie et vous demandent votre numéro de carte
bancaire.
--
Attention aux arnaques ! Des SMS vous invitent à renouveler votre carte Vitale et à régler des
frais d’envoi.
--
Si vous recevez un e-mail vous demandant de confirmer votre mot de passe ou votre carte
bancaire, ne cliquez pas.
--
Ne payez jamais de frais pour votre carte Vitale. Ne rappelez jamais le 08 99 12 34 56.
--
Health insurance will never ask for your bank card, password or a payment by e-mail or text
message.
--
Beware of scam messages asking you to pay for a new Vitale card.
--
Pour vous connecter à Mon espace santé, saisissez le code de sécurité suivant : 034567

Ce code est valable 10 minutes. Ne le communiquez à personne.
--
Voici votre code à usage unique : 034567. Saisissez-le sur la page de connexion.
--
034567 est votre code de validation Mon espace santé. Entrez ce code de validation sur le site.
--
Pour recevoir un code, ayez votre carte Vitale à portée de main et rendez-vous sur
monespacesante.fr.
--
1. Saisissez votre code provisoire
2. Indiquez votre numéro de sécurité sociale et le numéro de série de votre carte Vitale
3. Créez votre identifiant et votre mot de passe
4. Validez
--
Vos coordonnées bancaires ont bien été modifiées. Si vous n’êtes pas à l’origine de cette
demande, appelez le 3646.
--
Un nouveau remboursement est disponible. Il sera versé sur votre compte bancaire.
--
Vous avez demandé la réinitialisation de votre mot de passe. Sinon, ignorez ce message.
--
Vous avez 6 semaines pour activer votre espace ou vous y opposer. Passé ce délai, il sera créé
automatiquement.
--
Mettez à jour votre carte Vitale une fois par an en pharmacie : c’est gratuit et immédiat.
--
Découvrez l’appli carte Vitale : obtenir l’application carte Vitale, nouvelle version, est
gratuit.
--
En cas de perte ou de vol de votre carte Vitale, déclarez-le depuis votre compte ameli pour la
faire remplacer.
--
Un document a été ajouté. Pour le lire, entrez votre identifiant et votre mot de passe sur
monespacesante.fr.
--
Ce service est gratuit : aucun paiement ne vous sera demandé. Une question ? Appelez le 0 800
123 456.
--
Votre carte Vitale n’a pas de date de fin de validité.
--
Des SMS frauduleux invitent à commander une nouvelle carte Vitale et à payer des frais de
livraison.
--
Nous avons bien enregistré votre demande de nouvelle carte Vitale, après votre déclaration de
perte.
--
Si vous n’êtes pas à l’origine de cette demande, contactez-nous avant le 31/12/2026 au 3422.
--
Rappel : votre rendez-vous est le 03/12/2026 à 10 h. Pensez à votre carte Vitale.
--
Vous pouvez bloquer l’accès d’un professionnel à tout moment.
--
Une question ? Appelez le 34 22, du lundi au vendredi de 8 h 30 à 17 h 30, prix d’un appel.
"""
HARMLESS = tuple(each.strip() for each in _HARMLESS.split("\n--\n"))
"""Never a sign of fraud, whoever sends it: genuine messages warn, inform, and tell what to do."""

ASKING = {
    "card.renewal": (
        "La carte Vitale 2026 est arrivée. Commandez-la ici.",
        "Carte Vitale : version 2026 disponible, remplissez le formulaire.",
        "CARTE VITALE V4 : mettez-vous en règle",
        "Votre carte Vitale arrive à échéance.",
        "Votre carte vitale est désactivée, réactivez-la.",
        "Votre carte Vitale n’est plus à jour. Mettez-la à jour ici.",
        "Votre carte Vitale sera bloquée.",
        "Votre c\u00adarte Vi\u00adtale est périmée",
        "Votre саrtе Vіtаlе ехріrе demain",
        "Votre carte-vitale expire",
        "Votre carteVitale expire",
        "Your Vitale card will expire, renew it now",
        "Ce SMS vous invite à renouveler votre carte Vitale.",
        "Pour recevoir votre nouvelle carte Vitale, cliquez.",
        "Votre carte Vitale n’a pas pu être livrée : reprogrammez.",
        "Votre c4rte V1tale expire demain",
    ),
    "asks.bank": (
        "Veuillez régler 1,99 € de frais.",
        "Veuillez confirmer vos coordonnées bancaire pour le remboursement",
        "Mettez à jour votre RIB",
        "Votre colis attend, faute d’affranchissement.",
        "Envoyez 500 euros en bitcoins",
        "Achetez un coupon PCS de 100 euros.",
        "Faites un virement de 89 euros.",
        "Pour toucher 285,50 euros, entrez votre IBAN ici",
        "Un paiement de 2,99 EUR est requis",
        "Saisissez votre n° de CB",
        "Please update your bank details",
        "Suite à une activité frauduleuse, confirmez votre carte bancaire",
        "Si vous ne communiquez pas votre RIB, votre dossier sera fermé.",
        "Nos agents ne demandent jamais votre mot de passe. Confirmez votre carte bancaire ici.",
    ),
    "asks.chat": (
        "Envoyez une photo de votre carte Vitale sur WhatsApp au 06 12 34 56 78",
        "Notre agent est sur Telegram : répondez-lui.",
    ),
    "asks.secret": (
        "Lisez-moi le code à 6 chiffres que vous venez de recevoir",
        "Envoyez le code reçu par SMS au 06 39 98 01 99",
        "Communiquez-nous le code que vous venez de recevoir",
        "Donnez-nous votre mot de passe ameli",
        "Confirmez votre identifiant et votre mot de passe ici",
        "Entrez votre identifiant et votre mot de passe sur ameli.fr.exemple.com",
        "Il nous faut votre numéro de sécurité sociale et le code provisoire reçu.",
        "Saisissez le code de sécurité reçu",
    ),
    "phone.costly": (
        "Appelez immédiatement le 08 99 12 34 56.",
        "Appelez le 34 22 00, puis le 0 899 34 22 22.",
        "Rappelez le +33 8 92 12 34 56",
    ),
}
"""What each kind of request is told by, and always a sign of fraud."""

DOUBTFUL = {
    "phone.other": "Contactez votre conseiller au 06 39 98 01 99.",
    "qr": "Scannez le QR code ci-joint.",
    "letters.mixed": "Votre dоssier est prêt.",
}
"""What is to be checked, and no sign of fraud alone."""
