"""What must change: the proposal as a table, the fields to leave alone, and what is in conflict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from charters.joint import Answer
from charters.joint_case import Goal
from charters.joint_conflicts import Conflict
from charters.model import Charter
from charters.wording import said
from geodata.language import Text
from zones.change import change_at, changed
from zones.change_report import weights_text
from zones.change_words import (
    CHANGE_WORDS,
    GOALS,
    field_title,
    figure_text,
    headline,
    reason_text,
    rest,
)
from zones.measures import Ground
from zones.ui.components.joint_words import JOINT_WORDS
from zones.ui.components.session import (
    draft,
    keep_choice,
    kept_choice,
    language,
    lock_field,
    locked_fields,
    open_draft,
    see_article,
)

__all__ = ["show_change"]

_LOOKS = {
    "met": (":material/check_circle:", st.success),
    "proposed": (":material/build:", st.info),
    "conflict": (":material/block:", st.warning),
    "unconfirmed": (":material/help:", st.warning),
}


def show_change(site: Ground, *, charters: Sequence[Charter], day: dt.date) -> None:
    """The least change of the project at work on one site, and a way to apply it."""
    titles = {each.id: each.title for charter in charters for _, each in charter.requirements}
    st.markdown(f"**{_say('title')}**")
    goal = _goal()
    with st.spinner(JOINT_WORDS["seeking"].say(language())):
        answer = change_at(
            site,
            draft().project,
            charters=charters,
            day=day,
            goal=goal,
            locked=locked_fields(),
        )
    icon, tell = _LOOKS[answer.status]
    tell(headline(answer).say(language()), icon=icon)
    for place, conflict in enumerate(answer.conflicts):
        _conflict(conflict, titles, place)
    if answer.status == "conflict":
        st.markdown(rest(answer).say(language()))
    if answer.changes:
        st.table(_table(answer), border="horizontal")
        st.button(
            JOINT_WORDS["apply" if answer.status == "proposed" else "apply_part"].say(language()),
            icon=":material/done_all:",
            key="apply_change",
            type="primary",
            on_click=_apply,
            args=(answer,),
        )
    _articles("undecided", answer.undecided, titles)
    _articles("worsened", answer.worsened, titles)
    _locks(answer)
    with st.expander(JOINT_WORDS["how"].say(language()), icon=":material/calculate:"):
        st.caption(weights_text(language()))


def _goal() -> Goal:
    """Which requirements are to be met."""
    chosen = kept_choice("goal", among=list(GOALS), default="mandatory")
    st.session_state["change_goal"] = chosen
    st.segmented_control(
        _say("goal"),
        list(GOALS),
        required=True,
        format_func=lambda goal: GOALS[goal].say(language()),
        key="change_goal",
        on_change=keep_choice,
        args=("goal",),
        kwargs={"key": "change_goal"},
    )
    return "all" if chosen == "all" else "mandatory"


def _table(answer: Answer) -> pd.DataFrame:
    """One row per field: what it is, what is proposed, and for which articles."""
    now = language()
    rows = [
        (
            field_title(each.field, now),
            figure_text(each.field, each.current, now),
            figure_text(each.field, each.proposed, now),
            reason_text(each, now).replace("-", "\u2060-\u2060"),  # « PI-05a » stays in one line
        )
        for each in answer.changes
    ]
    names = [_say(word) for word in ("field", "now", "then", "why")]
    return pd.DataFrame(rows, columns=names).set_index(names[0])


def _conflict(conflict: Conflict, titles: Mapping[str, Text], place: int) -> None:
    """Requirements that cannot be met together, each a way to its article."""
    is_alone = len(conflict.requirements) == 1
    with st.container(border=True, key=f"conflict_{place}", gap="small"):
        st.markdown(f"**{_say('alone' if is_alone else 'together')}**")
        for name in conflict.requirements:
            _article(name, titles, f"conflict_{place}_{name}")
        if conflict.locks:
            fields = ", ".join(field_title(name, language()) for name in conflict.locks)
            st.caption(CHANGE_WORDS["locks_matter"].say(language(), names=fields))
        elif is_alone:
            st.caption(_say("why_alone")[:1].upper() + _say("why_alone")[1:])
        elif locked_fields():
            st.caption(_say("no_lock"))


def _articles(word: str, names: Sequence[str], titles: Mapping[str, Text]) -> None:
    """Requirements under a heading, each a way to its article."""
    if not names:
        return
    st.markdown(f"**{_say(word)}**")
    with st.container(key=f"change_{word}", gap=None):
        for name in names:
            _article(name, titles, f"{word}_{name}")


def _article(name: str, titles: Mapping[str, Text], key: str) -> None:
    """Button that opens an article in the verdict."""
    st.button(
        f"{name} · {titles[name].say(language())}",
        icon=":material/arrow_forward:",
        key=f"see_{key}",
        type="tertiary",
        on_click=see_article,
        args=(name,),
    )


def _locks(answer: Answer) -> None:
    """Fields to leave alone, a tick each."""
    locked = locked_fields()
    count = len(locked & set(answer.levers))
    head = JOINT_WORDS["locks"].say(language(), count=count)
    with st.expander(head, icon=":material/lock:", key="lock_list", expanded=bool(count)):
        if not _lockable(answer):
            st.caption(JOINT_WORDS["no_levers"].say(language()))
            return
        st.caption(JOINT_WORDS["locks_help"].say(language()))
        cells = st.columns(2)
        for place, name in enumerate(_lockable(answer)):
            key = f"lock_{name}"
            st.session_state[key] = name in locked
            value = figure_text(name, _current(name), language())
            cells[place % 2].checkbox(
                said(Text(*(field_title(name, each) for each in ("fr", "en"))), value, language()),
                key=key,
                on_change=_lock,
                args=(name,),
            )
        if count:
            st.button(
                JOINT_WORDS["release"].say(language()),
                icon=":material/lock_open:",
                key="release_locks",
                on_click=_release,
            )


def _lockable(answer: Answer) -> list[str]:
    """Fields worth a tick: those that the project gives, and those that are locked or proposed."""
    wanted = locked_fields() | {each.field for each in answer.changes}
    return [name for name in answer.levers if _current(name) is not None or name in wanted]


def _current(name: str) -> float | None:
    """Figure of the project at work, None where not given."""
    value = draft().project.values.get(name)
    return None if value is None or isinstance(value, str) else float(value)


def _lock(name: str) -> None:
    """Follow a tick."""
    lock_field(name, is_locked=bool(st.session_state[f"lock_{name}"]))


def _release() -> None:
    """Let every field go."""
    for name in locked_fields():
        lock_field(name, is_locked=False)


def _apply(answer: Answer) -> None:
    """Change the project at work as proposed."""
    open_draft(replace(draft(), project=changed(draft().project, answer.changes)))
    st.toast(JOINT_WORDS["applied"].say(language()), icon=":material/undo:")


def _say(word: str) -> str:
    """A word about changes."""
    return CHANGE_WORDS[word].say(language())
