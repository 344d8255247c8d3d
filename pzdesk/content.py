"""Reads and checks the content that is data: roles, the practice's defaults, the national PZP form."""

import functools
import json
from dataclasses import dataclass, fields
from typing import Any

import msgspec

from pzdesk import paths
from pzdesk.domain.practice import Intervals, LockTimes, MeetingRules, Practice, checked_lock
from pzdesk.domain.pzp_form import PzpForm, checked_form, unknown_keys
from pzdesk.domain.user import Right, Role
from pzdesk.domain.work_rules import WorkRules, checked_rules


class ContentError(Exception):
    """A shipped content file is not what pzdesk needs: a bug, named by file and place."""


def read_json(name: str) -> Any:
    """A content file by its name below ``resources/``."""
    return json.loads((paths.resources() / name).read_text(encoding="utf-8"))


@functools.cache
def icon_source(name: str) -> str:
    """The SVG of an icon; ``INK`` stands where its colour goes."""
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class HelpText:
    """What help says of a page."""

    title: str
    lines: tuple[str, ...]


@functools.cache
def help_of(page: str) -> HelpText:
    """The help of a page (raises ``ContentError`` for a page without)."""
    pages = read_json("help.json")["pages"]
    if page not in pages:
        raise ContentError(f"help.json: nothing about {page}")
    return HelpText(pages[page]["title"], tuple(pages[page]["lines"]))


def intended_purpose() -> str:
    """What pzdesk is for, and what it is not for."""
    return str(read_json("help.json")["purpose"])


@dataclass(frozen=True, slots=True)
class RightWords:
    """A right as it is shown: what it lets somebody do, which roles have it, and why these roles."""

    right: Right
    what: str
    who: tuple[Role, ...]
    why: str = ""


@functools.cache
def rights() -> tuple[RightWords, ...]:
    """The matrix of rights as it stands in ``roles.json``: a row per right, with the roles that have it.

    Raises:
        ContentError: a right is missing or unknown, a role is unknown or named twice, or has no right at all.
    """
    data = read_json("roles.json")["rights"]
    if set(data) != {right.value for right in Right}:
        raise ContentError(f"roles.json: rights differ in {sorted(set(data) ^ set(Right))}")
    for right, row in data.items():
        if set(row["who"]) - set(Role) or len(set(row["who"])) != len(row["who"]):
            raise ContentError(f"roles.json, {right}: roles are {row['who']}")
    if idle := set(Role) - {role for row in data.values() for role in row["who"]}:
        raise ContentError(f"roles.json: no rights for {sorted(idle)}")
    return tuple(
        RightWords(Right(right), row["what"], tuple(map(Role, row["who"])), row.get("why", ""))
        for right, row in data.items()
    )


@functools.cache
def rights_matrix() -> dict[Role, frozenset[Right]]:
    """What each role may do (raises ``ContentError``, see ``rights``)."""
    return {role: frozenset(row.right for row in rights() if role in row.who) for role in Role}


@functools.cache
def intervals() -> Intervals:
    """The default intervals, each a number of whole units."""
    return Intervals(**_numbers("intervals", Intervals))


@functools.cache
def meeting_rules() -> MeetingRules:
    """The default lay-out of a meeting."""
    return MeetingRules(**_numbers("meeting", MeetingRules))


@functools.cache
def lock_times() -> LockTimes:
    """After how long a window locks by itself, unless the practice chose otherwise."""
    return checked_lock(LockTimes(**_numbers("lock", LockTimes)))


@functools.cache
def setting_words() -> dict[str, tuple[str, str]]:
    """What each interval and each rule of a meeting is called, and its unit."""
    words = {
        key: (label, unit) for key, (label, unit) in read_json("practice.json")["words"].items()
    }
    if set(words) != {field.name for kind in (Intervals, MeetingRules) for field in fields(kind)}:
        raise ContentError("practice.json, words: not every rule has its words")
    return words


def setting_source() -> str:
    """Where the defaults of the rules come from."""
    return str(read_json("practice.json")["source"])


@functools.cache
def target_groups() -> dict[str, str]:
    """The special target groups: the word that is kept, and its Dutch label."""
    return {group["id"]: group["label"] for group in read_json("target_groups.json")["groups"]}


def new_practice(name: str) -> Practice:
    """A practice with the default rules."""
    return Practice(
        name=name,
        kernteam=name,
        intervals=intervals(),
        meeting=meeting_rules(),
        lock=lock_times(),
    )


@functools.cache
def work_rules() -> WorkRules:
    """What comes on the work list, and when (raises ``ContentError``)."""
    data = read_json("worklist.json")
    try:
        rules = checked_rules(msgspec.convert(data, WorkRules))
    except (msgspec.ValidationError, ValueError) as error:
        raise ContentError(f"worklist.json: {error}") from error
    if foreign := unknown_keys(data, msgspec.to_builtins(rules)):
        raise ContentError(f"worklist.json: {', '.join(foreign)}")
    return rules


@functools.cache
def pzp_form() -> PzpForm:
    """The national PZP form: its questions, answers, codes and fields.

    Raises:
        ContentError: the file says something that the form does not know, or does not hold together.
    """
    return read_pzp_form(read_json("pzp/form.json"))


def read_pzp_form(data: object) -> PzpForm:
    """A PZP form from the values of its file (raises ``ContentError``)."""
    try:
        form = checked_form(msgspec.convert(data, PzpForm))
    except (msgspec.ValidationError, ValueError) as error:
        raise ContentError(f"pzp/form.json: {error}") from error
    if foreign := unknown_keys(data, msgspec.to_builtins(form)):
        raise ContentError(f"pzp/form.json: {', '.join(foreign)}")
    return form


def _numbers(part: str, kind: type) -> dict[str, Any]:
    data: dict[str, Any] = read_json("practice.json")[part]
    names = {field.name for field in fields(kind)}
    if set(data) != names or any(type(n) is not int or n < 0 for n in data.values()):
        raise ContentError(f"practice.json, {part}: {sorted(set(data) ^ names)}")
    return data
