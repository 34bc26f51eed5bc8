"""Counts of two registers that have no layer of their own: energy certificates and the RNB."""

from __future__ import annotations

from collections import Counter

from geodata.fetching.paging import collect
from geodata.fetching.task import Brought, Task, each_commune
from geodata.language import Text

__all__ = ["bring_certificates", "bring_register"]

_CLASSES = "ABCDEFG"


def bring_certificates(task: Task) -> Brought:
    """Remarks: energy certificates of each commune by class.

    Raises
    ------
    FetchError
        With every commune that failed.
    """
    answers = each_commune(
        task,
        lambda commune: collect(task.session, task.name, "lines", values={"commune": commune}),
    )
    remarks = []
    for commune, answer in zip(task.communes, answers, strict=True):
        counts = Counter(row.get("etiquette_dpe") for row in answer.rows if isinstance(row, dict))
        shares = ", ".join(f"{each} {counts[each]}" for each in _CLASSES)
        remarks.append(
            Text(
                f"{commune} : {len(answer.rows)} DPE ({shares}).",
                f"{commune}: {len(answer.rows)} energy certificates ({shares}).",
            )
        )
    return Brought(remarks=tuple(remarks))


def bring_register(task: Task) -> Brought:
    """Remarks: buildings of the national register by commune, beside those of the cadastre.

    Raises
    ------
    FetchError
        With every commune that failed.
    """
    answers = each_commune(
        task,
        lambda commune: collect(task.session, task.name, "buildings", values={"commune": commune}),
    )
    held = task.held("buildings").get("buildings")
    counts = held.features["commune"].value_counts() if held is not None else {}
    remarks = [
        Text(
            f"{commune} : {len(answer.rows)} bâtiments au RNB, {counts.get(commune, 0)} au "
            "cadastre de la base.",
            f"{commune}: {len(answer.rows)} buildings in the RNB, {counts.get(commune, 0)} in the "
            "store's cadastre.",
        )
        for commune, answer in zip(task.communes, answers, strict=True)
    ]
    return Brought(remarks=tuple(remarks))
