"""The ``fetch`` command: the open data of communes or of an EPCI, brought into a store."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geodata.addresses import STORE_VARIABLE
from geodata.command_line import LanguageOption, both, examples
from geodata.errors import Fault, SelectionError, StoreError
from geodata.language import Language, Text

if TYPE_CHECKING:
    from geodata.fetching.visit import Progress, ServiceResult

__all__ = ["PARTIAL", "add_fetch"]

PARTIAL = 3
"""Exit code when at least one service failed; what the others brought is in the store."""


def add_fetch(app: typer.Typer) -> None:
    """Add the command to the command line of the layers."""
    app.command(
        "fetch",
        help=both(
            Text(
                "Récupère les données ouvertes de communes ou d'un EPCI. Codes de sortie : 0 tout "
                "est fait, 2 demande mal écrite, 3 un service au moins a échoué (ses couches "
                "restent comme avant).",
                "Fetch the open data of municipalities or of an EPCI. Exit codes: 0 all done, 2 "
                "bad request, 3 at least one service failed (its layers stay as they were).",
            )
        ),
        epilog=examples(
            "python -m geodata fetch --commune 80021 --dry-run",
            "python -m geodata fetch --commune 80021 --only parcels,buildings --store amiens.gpkg",
            "python -m geodata fetch --epci 248000531 --store metropole.gpkg",
        ),
    )(_fetch)


def _fetch(
    *,
    commune: Annotated[
        list[str] | None,
        typer.Option("--commune", help="Code INSEE, répétable. / INSEE code, repeatable."),
    ] = None,
    epci: Annotated[
        str | None, typer.Option("--epci", help="SIREN de l'EPCI. / SIREN of the EPCI.")
    ] = None,
    only: Annotated[
        str | None,
        typer.Option("--only", help="Sujets, séparés par des virgules. / Topics, by commas."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Montre les adresses sans les appeler. / Plan only.")
    ] = False,
    store: Annotated[
        str | None,
        typer.Option("--store", help="Base, créée au besoin. / Store, made if there is none."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Pour une machine. / For a machine.")
    ] = False,
    lang: LanguageOption = "fr",
) -> None:
    """Ask each service, or say what would be asked."""
    if bool(commune) == bool(epci):
        raise SelectionError(_ONE_OF_BOTH)
    topics = None if only is None else tuple(each.strip() for each in only.split(","))
    if dry_run:
        _show_plan(tuple(commune or ()), epci or "", topics, as_json=as_json, lang=lang)
        return
    place = store or os.environ.get(STORE_VARIABLE)
    if not place:
        raise StoreError(_NO_STORE)
    results = _visited(tuple(commune or ()), epci or "", topics, place, lang)
    if as_json:
        typer.echo(json.dumps([_entry(each, lang) for each in results], ensure_ascii=False))
    else:
        for each in results:
            typer.echo(_sentence(each, lang))
    if any(each.outcome in {"failed", "cancelled"} for each in results):
        raise typer.Exit(PARTIAL)


def _show_plan(
    communes: tuple[str, ...],
    siren: str,
    only: tuple[str, ...] | None,
    *,
    as_json: bool,
    lang: Language,
) -> None:
    """Print every request that a visit would make; nothing is called."""
    from geodata.fetching.plan import planned, said  # noqa: PLC0415 - keeps other commands quick
    from geodata.fetching.territory import checked_communes, known_members  # noqa: PLC0415

    codes = checked_communes(communes) if communes else known_members(siren)
    entries = planned(codes or ("{commune}",), only=only, siren=siren)
    if as_json:
        rows = [
            {
                "service": each.service,
                "endpoint": each.endpoint,
                "method": each.method,
                "urls": list(each.urls),
                "paging": each.paging.say(lang),
                "licence": each.licence,
                "verified": each.is_verified,
            }
            for each in entries
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    typer.echo("\n".join(said(each, lang) for each in entries))
    typer.echo(_UNVERIFIED.say(lang))


def _visited(
    communes: tuple[str, ...],
    siren: str,
    only: tuple[str, ...] | None,
    store: str,
    lang: Language,
) -> tuple[ServiceResult, ...]:
    """Results of a visit, its progress on the error output."""
    from geodata.addresses import located  # noqa: PLC0415
    from geodata.fetching.session import opened  # noqa: PLC0415 - keeps other commands quick
    from geodata.fetching.territory import members  # noqa: PLC0415
    from geodata.fetching.visit import fetch  # noqa: PLC0415

    with opened() as session:
        codes = members(siren, session=session) if siren else communes
        return fetch(
            codes,
            only=only,
            store=located(store),
            report=_teller(lang),
            session=session,
            siren=siren,
        )


def _teller(lang: Language) -> Callable[[Progress], None]:
    """Function that says on the error output what goes on."""

    def tell(progress: Progress) -> None:
        count = f" {progress.done + 1}/{progress.total}" if progress.total else ""
        typer.echo(f"{progress.service}{count} : {progress.message.say(lang)}", err=True)

    return tell


def _entry(result: ServiceResult, lang: Language) -> dict[str, Any]:
    """How one service ended, for a machine."""
    return {
        "service": result.service,
        "outcome": result.outcome,
        "layers": dict(result.layers),
        "faults": [each.say(lang) for each in result.faults],
        "remarks": [each.say(lang) for each in result.remarks],
    }


def _sentence(result: ServiceResult, lang: Language) -> str:
    """How one service ended, for a reader."""
    state = _OUTCOMES[result.outcome].say(lang)
    layers = ", ".join(f"{layer} ({rows})" for layer, rows in result.layers)
    lines = [
        f"{result.service} – {result.title.say(lang)} : {state}{f' · {layers}' * bool(layers)}"
    ]
    lines += [f"  ! {each.say(lang)}" for each in result.faults]
    lines += [f"  · {each.say(lang)}" for each in result.remarks]
    return "\n".join(lines)


_OUTCOMES = {
    "done": Text("fait", "done"),
    "kept": Text("inchangé, édition gardée", "unchanged, edition kept"),
    "failed": Text("échec, l'ancienne édition est intacte", "failed, the old edition is intact"),
    "cancelled": Text("interrompu", "cancelled"),
}
_UNVERIFIED = Text(
    "Aucun de ces services n'a pu être appelé pendant l'écriture du programme : les adresses "
    "viennent de leur documentation.",
    "None of these services could be called while the program was written: the addresses come "
    "from their documentation.",
)
_ONE_OF_BOTH = Fault(
    Text("Indiquer des communes ou un EPCI.", "Give municipalities or an EPCI."),
    "--commune, --epci",
    Text(
        "Par exemple --commune 80021, ou --epci 248000531.",
        "For instance --commune 80021, or --epci 248000531.",
    ),
)
_NO_STORE = Fault(
    Text("Aucune base n'est indiquée.", "No store is given."),
    "--store",
    Text(
        f"Par exemple --store metropole.gpkg, ou {STORE_VARIABLE} ; --dry-run n'en demande pas.",
        f"For instance --store metropole.gpkg, or {STORE_VARIABLE}; --dry-run needs none.",
    ),
)
