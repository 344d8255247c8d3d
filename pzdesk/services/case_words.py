"""Words for a case page: the mantelzorgers of a patient, and what changed since the last meeting."""

from collections.abc import Iterable
from datetime import date

from pzdesk import instruments
from pzdesk.content import pzp_form
from pzdesk.documents.parts import Section
from pzdesk.domain import instrument as rule
from pzdesk.domain import pzp
from pzdesk.domain.assessment import Dimension
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import label
from pzdesk.domain.markering import MarkeringState
from pzdesk.domain.network import NaasteRole
from pzdesk.domain.person import dutch_date
from pzdesk.domain.restricted import NOT_SHOWN, are_answers_hidden
from pzdesk.domain.screening import FollowUp, Screening, is_open
from pzdesk.domain.status import StatusKind
from pzdesk.services import paper_words as words


def caregivers(file: PatientFile, *, with_caregiver: bool) -> Section:
    """The mantelzorgers with their follow-up; what they answered only when somebody ticked it."""
    lines = []
    for naaste in file.naasten_with(NaasteRole.MANTELZORGER):
        mine = sorted(
            (s for s in file.screenings if s.naaste_id == naaste.id), key=lambda s: (s.on, s.id)
        )
        waiting = [f for f in file.open_follow_ups if f.naaste_id == naaste.id]
        said = [words.naaste_words(naaste)]
        if mine:
            said.append(f"laatst gescreend op {dutch_date(mine[-1].on)}")
            if with_caregiver:
                said += _screening_course(mine)
        else:
            said.append("nog niet gescreend")
        shown = mine if with_caregiver else []
        said += [follow_up_words(one, shown, with_term=with_caregiver) for one in waiting]
        lines.append(". ".join(part[:1].upper() + part[1:] for part in said) + ".")
    return Section(title="Mantelzorg", lines=tuple(lines), empty="Geen mantelzorger vastgelegd.")


def _screening_course(screenings: list[Screening]) -> list[str]:
    """The outcomes of each instrument from the first time to the last; its name and sources once."""
    courses: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    sources: dict[str, dict[str, None]] = {}
    for screening in screenings:
        name = screening.instrument
        titles[name], said, told_by = outcome(screening)
        courses.setdefault(name, []).append(f"{said} ({dutch_date(screening.on)})")
        sources.setdefault(name, {}).update(dict.fromkeys(told_by))
    return [
        _sourced(f"{titles[name]}: {' → '.join(course)}", sources[name])
        for name, course in courses.items()
    ]


def _sourced(said: str, sources: Iterable[str]) -> str:
    return "; bron: ".join(part for part in (said, "; ".join(sources)) if part)


def follow_up_words(
    waiting: FollowUp, screenings: Iterable[Screening] = (), *, with_term: bool = True
) -> str:
    """A follow-up in words: what, who, by when; or that nothing was agreed yet.

    Of ``screenings`` it names the one it came of. ``with_term``: also by when, where nothing was agreed,
    which may follow from what was answered.
    """
    if not is_open(waiting):
        return f"vervolg afgesloten: {waiting.outcome or waiting.not_now}"
    after = "".join(
        f" na {_short(_asked(screening))} van {dutch_date(screening.on)}"
        for screening in screenings
        if screening.id == waiting.screening_id
    )
    if not waiting.what and not waiting.who:
        before = f" (vóór {dutch_date(waiting.due)})" if with_term else ""
        return f"vervolg{after} nog niet afgesproken{before}"
    return f"vervolg{after}: {waiting.what} ({waiting.who}, vóór {dutch_date(waiting.due)})"


def _asked(screening: Screening) -> str:
    """The name of what was asked; that of a single question as it stands in a sentence."""
    definition = instruments.load(screening.instrument, screening.instrument_version)
    return definition.title.lower() if len(definition.items) == 1 else definition.title


def _short(title: str) -> str:
    return title.partition(",")[0].partition(" (")[0]


def screening_outcome(screening: Screening) -> str:
    """A screening in words: the answer of a single question, else the score with its band and source."""
    title, said, sources = outcome(screening)
    return _sourced(f"{title}: {said}", sources)


def outcome(screening: Screening) -> tuple[str, str, tuple[str, ...]]:
    """What was asked, what came of it, and the sources of the bands that are named in that."""
    definition = instruments.load(screening.instrument, screening.instrument_version)
    if are_answers_hidden(screening):
        return definition.title, NOT_SHOWN, ()
    if len(definition.items) == 1:
        item = definition.items[0]
        given = screening.answers.get(item.id)
        chosen = rule.given_option(item, given)
        return _asked(screening), chosen.label if chosen else "niet beantwoord", ()
    parts = []
    sources: dict[str, None] = {}
    for rule_ in definition.scores:
        value = screening.scores.get(rule_.id)
        if value is None:
            parts.append("niet volledig ingevuld, geen score")
            continue
        band = rule.band_of(definition, rule_.id, value)
        parts.append(f"{value:g} van {rule_.high:g}{f' ({band.label})' if band else ''}")
        if band:
            sources[band.source] = None
    return definition.title, ", ".join(parts), tuple(sources)


def outcomes_now(screenings: Iterable[Screening]) -> tuple[str, ...]:
    """The last outcome of each instrument with the one before it: "CSI: 9 van 13 (…), was 6 van 13 (…)".

    Short, for beside other facts; the sources stand where the outcomes are shown in full.
    """
    found: dict[str, list[Screening]] = {}
    for screening in sorted(screenings, key=lambda s: (s.on, s.id)):
        found.setdefault(screening.instrument, []).append(screening)
    lines = []
    for mine in found.values():
        title, said, _ = outcome(mine[-1])
        name = title.partition(",")[0]
        before = ""
        if len(mine) > 1 and not are_answers_hidden(mine[-1]):
            before = f"; was {outcome(mine[-2])[1]} op {dutch_date(mine[-2].on)}"
        lines.append(f"{name[:1].upper()}{name[1:]}: {said}{before}")
    return tuple(lines)


def changes(file: PatientFile, since: date, *, with_caregiver: bool) -> tuple[str, ...]:
    """What was recorded as different after a day, old and new, in words: a line per kind of change."""
    lines = [
        " · ".join(_status_changes(file, since)),
        *_pzp_changes(file, since),
        " · ".join(_dimension_changes(file, since)),
    ]
    if with_caregiver:
        lines += [
            f"mantelzorg {naaste.name}: {screening_outcome(screening)} ({dutch_date(screening.on)})"
            for screening in file.screenings
            for naaste in file.naasten
            if screening.naaste_id == naaste.id and screening.on > since
        ]
    return tuple(line for line in lines if line)


def _status_changes(file: PatientFile, since: date) -> list[str]:
    found: list[str] = []
    for kind in StatusKind:
        rows = [row for row in file.statuses if row.kind is kind and not row.retracted]
        now = file.now(kind)
        before = max(
            (r for r in rows if r.since <= since), key=lambda r: (r.since, r.id), default=None
        )
        if now is None or now.since <= since:
            continue
        if file.death is not None and kind is not StatusKind.PHASE:
            continue
        if kind in (StatusKind.CENTRAL_CARER, StatusKind.RESPONSIBLE):
            who = file.professional_now(kind)
            name = who.name if who else "niemand"
            found.append(f"{label(kind)}: {name} sinds {dutch_date(now.since)}")
        elif kind is not StatusKind.CARE:
            was = f" (was {before.value.replace('_', ' ')})" if before else ""
            found.append(f"{words.status_words(now)}{was}")
    found += [
        f"{label(step.state)} op {dutch_date(step.on)}"
        for step in file.markeringen
        if step.on > since and step.state is not MarkeringState.TO_JUDGE
    ]
    return found


def _pzp_changes(file: PatientFile, since: date) -> list[str]:
    """The answers that differ between the PZP of then and of now; of long texts only that they do."""
    now = file.valid_pzp
    if now is None or now.recorded_at.date() <= since:
        return []
    earlier = pzp.valid(tuple(v for v in file.live_pzp if v.recorded_at.date() <= since))
    if earlier is None:
        return [f"eerste PZP: {words.pzp_line(file)}"]
    if earlier.id == now.id:
        return []
    form = pzp_form()
    made = pzp.differences(form, earlier.answers, now.answers)
    # The position on euthanasia and the donor register stay on the PZP form itself.
    made = tuple(d for d in made if not d.question.startswith(("5c", "5d")))
    chosen = [d for d in made if form.question(d.question).options]
    written = [d for d in made if not form.question(d.question).options]
    lines = [f"PZP, {d.label.lower()}: van “{d.old}” naar “{d.new}”" for d in chosen]
    if written:
        numbers = ", ".join(dict.fromkeys(d.number for d in written))
        lines.append(f"PZP, tekst gewijzigd bij {numbers} (zie het PZP-formulier)")
    return lines


def _dimension_changes(file: PatientFile, since: date) -> list[str]:
    found = []
    for dimension in Dimension:
        weights = [
            (a.on, f.weight)
            for a in file.assessed
            for f in a.findings
            if f.dimension is dimension and f.weight
        ]
        before = [weight for on, weight in weights if on <= since]
        after = [weight for on, weight in weights if on > since]
        if after and before and after[-1] is not before[-1]:
            found.append(f"{label(dimension).lower()}: {label(before[-1])} → {label(after[-1])}")
        elif after and not before:
            found.append(f"{label(dimension).lower()}: {label(after[-1])} (eerste beoordeling)")
    return found
