"""What can go wrong between the desk and a public service, said so that a planner can act on it."""

from __future__ import annotations

from geodata.errors import Fault
from geodata.language import Text, number_text

__all__ = [
    "bad_status",
    "certificate",
    "connection",
    "damaged",
    "disk",
    "incomplete",
    "not_json",
    "not_there",
    "redirect_loop",
    "repeated_page",
    "strange_host",
    "too_large",
    "too_long_a_wait",
    "too_slow",
    "unexpected_answer",
    "wrong_type",
]

_MEGABYTE = 2**20
_LATER = Text(
    "Recommencer plus tard\u00a0; ce qui est déjà reçu ne sera pas redemandé.",
    "Try again later; what has been received will not be asked for again.",
)
_REPORT = Text(
    "Le service a peut-être changé : télécharger le fichier à la main et l'importer, et nous le "
    "signaler.",
    "The service may have changed: download the file by hand and import it, and tell us.",
)


def bad_status(status: int, where: str) -> Fault:
    """Fault of an answer that says no."""
    what = Text(f"Le service répond {status}.", f"The service answers {status}.")
    is_passing = status >= 500 or status in {408, 425, 429}  # noqa: PLR2004 - HTTP status codes
    return Fault(what, where, _LATER if is_passing else _REPORT)


def not_there(where: str) -> Fault:
    """Fault of a 404 or a 410."""
    return Fault(
        Text("Le service n'a pas ce fichier.", "The service has no such file."),
        where,
        Text(
            "Vérifier le code de la commune ; une commune fusionnée a perdu le sien.",
            "Check the municipality code; a merged municipality has lost its own.",
        ),
    )


def connection(where: str) -> Fault:
    """Fault of a connection that was not made, or was lost."""
    return Fault(
        Text("Le service est injoignable.", "The service cannot be reached."),
        where,
        Text(
            "Vérifier l'accès à Internet (un serveur mandataire se donne par TECHNOPOLE_PROXY), "
            "puis recommencer.",
            "Check the Internet access (a proxy is given by TECHNOPOLE_PROXY), then try again.",
        ),
    )


def certificate(where: str) -> Fault:
    """Fault of a host that does not prove who it is."""
    return Fault(
        Text("Le certificat du service n'est pas valable.", "The service's certificate is wrong."),
        where,
        Text(
            "Ne rien accepter de ce réseau ; prévenir l'administrateur.",
            "Accept nothing from this network; tell its administrator.",
        ),
    )


def too_slow(where: str) -> Fault:
    """Fault of an answer that does not come."""
    return Fault(Text("Le service est trop lent.", "The service is too slow."), where, _LATER)


def too_long_a_wait(seconds: float, where: str) -> Fault:
    """Fault of a service that wants to be left alone for long."""
    shown = "?" if seconds == float("inf") else number_text(seconds, "en", decimals=0)
    return Fault(
        Text(
            f"Le service demande d'attendre {shown} s.", f"The service asks to wait for {shown} s."
        ),
        where,
        _LATER,
    )


def strange_host(host: str, where: str) -> Fault:
    """Fault of an address outside the hosts of the service, or not over https."""
    return Fault(
        Text(
            f"Le service renvoie vers une adresse qui n'est pas admise : {host}.",
            f"The service points to an address that is not allowed: {host}.",
        ),
        where,
        Text(
            "Si cet hôte est de confiance, l'ajouter à TECHNOPOLE_FETCH_HOSTS ; sinon télécharger "
            "le fichier à la main et l'importer.",
            "If this host is to be trusted, add it to TECHNOPOLE_FETCH_HOSTS; else download the "
            "file by hand and import it.",
        ),
    )


def redirect_loop(where: str) -> Fault:
    """Fault of redirects without end."""
    return Fault(
        Text("Le service renvoie sans fin d'une adresse à l'autre.", "Redirects never end."),
        where,
        _REPORT,
    )


def wrong_type(met: str, where: str) -> Fault:
    """Fault of an answer of another kind, such as an HTML page."""
    shown = met[:60] or "?"
    return Fault(
        Text(
            f"Réponse d'un autre type que prévu ({shown}), souvent une page d'erreur.",
            f"The answer is of another type than expected ({shown}), often an error page.",
        ),
        where,
        _LATER,
    )


def too_large(limit: int, where: str) -> Fault:
    """Fault of an answer beyond the limit of its service, in bytes."""
    return Fault(
        Text(
            f"La réponse dépasse {limit // _MEGABYTE} Mo.",
            f"The answer exceeds {limit // _MEGABYTE} MB.",
        ),
        where,
        Text(
            "Demander moins de communes à la fois, ou importer le fichier à la main.",
            "Ask for fewer municipalities at a time, or import the file by hand.",
        ),
    )


def damaged(where: str) -> Fault:
    """Fault of a file that is not the one whose checksum was given."""
    return Fault(Text("Le fichier reçu est abîmé.", "The file received is damaged."), where, _LATER)


def disk(reason: str, where: str) -> Fault:
    """Fault of the disk of this machine."""
    return Fault(
        Text(f"Le fichier n'a pas pu être gardé ({reason}).", f"Nothing was kept ({reason})."),
        where,
        Text(
            "Libérer de la place, ou choisir un autre dossier par TECHNOPOLE_CACHE.",
            "Make room, or choose another folder by TECHNOPOLE_CACHE.",
        ),
    )


def not_json(where: str) -> Fault:
    """Fault of an answer that is no JSON, or not to its end."""
    return Fault(
        Text("La réponse n'est pas du JSON complet.", "The answer is not complete JSON."),
        where,
        _LATER,
    )


def unexpected_answer(met: str, where: str) -> Fault:
    """Fault of JSON that is not what the documentation says."""
    shown = met[:80]
    return Fault(
        Text(
            f"La réponse n'a pas la forme documentée : {shown}.",
            f"The answer is not of the documented form: {shown}.",
        ),
        where,
        _REPORT,
    )


def repeated_page(where: str) -> Fault:
    """Fault of a service that gives the same page again."""
    return Fault(
        Text(
            "Le service redonne la même page : la suite manque.",
            "The service gives the same page again: the rest is missing.",
        ),
        where,
        _LATER,
    )


def incomplete(got: int, total: int, where: str) -> Fault:
    """Fault of fewer rows than the service announced."""
    return Fault(
        Text(
            f"{got} objets reçus sur {total} annoncés.", f"{got} features received of {total} told."
        ),
        where,
        _LATER,
    )
