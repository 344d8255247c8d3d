"""Reads and checks the content that is data: roles, the practice's defaults, the national PZP form."""

import functools
import json
from dataclasses import fields
from typing import Any

import msgspec

from pzdesk import paths
from pzdesk.domain.practice import Intervals, MeetingRules, Practice
from pzdesk.domain.pzp_form import PzpForm, checked_form, unknown_keys
from pzdesk.domain.user import Right, Role


class ContentError(Exception):
    """A shipped content file is not what pzdesk needs: a bug, named by file and place."""


def read_json(name: str) -> Any:
    """A content file by its name below ``resources/``."""
    return json.loads((paths.resources() / name).read_text(encoding="utf-8"))


@functools.cache
def rights_matrix() -> dict[Role, frozenset[Right]]:
    """What each role may do; every role stands in the file, with known rights only."""
    data = read_json("roles.json")
    if set(data) != {role.value for role in Role}:
        raise ContentError(f"roles.json: roles are {sorted(data)}")
    if unknown := {right for rights in data.values() for right in rights} - set(Right):
        raise ContentError(f"roles.json: unknown rights {sorted(unknown)}")
    return {
        Role(role): frozenset(Right(right) for right in rights) for role, rights in data.items()
    }


@functools.cache
def intervals() -> Intervals:
    """The default intervals, each a number of whole units."""
    return Intervals(**_numbers("intervals", Intervals))


@functools.cache
def meeting_rules() -> MeetingRules:
    """The default lay-out of a meeting."""
    return MeetingRules(**_numbers("meeting", MeetingRules))


@functools.cache
def target_groups() -> dict[str, str]:
    """The special target groups: the word that is kept, and its Dutch label."""
    return {group["id"]: group["label"] for group in read_json("target_groups.json")["groups"]}


def new_practice(name: str) -> Practice:
    """A practice with the default rules."""
    return Practice(name=name, kernteam=name, intervals=intervals(), meeting=meeting_rules())


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
