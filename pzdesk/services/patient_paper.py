"""The patient sheet as paper: everything a colleague needs of one person."""

from datetime import date

from pzdesk.documents.parts import Block, Facts
from pzdesk.documents.patient_sheet import Carer, PatientPaper, Relative
from pzdesk.documents.style import Imprint
from pzdesk.domain.euthanasia import newest_first
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import label
from pzdesk.domain.markering import Markering
from pzdesk.domain.mdo import MeetingState
from pzdesk.domain.person import dutch_date
from pzdesk.domain.review import ReviewKind
from pzdesk.domain.status import StatusKind
from pzdesk.services import case_words as case
from pzdesk.services import paper_words as words


def patient_paper(
    file: PatientFile, imprint: Imprint, today: date, *, extras: frozenset[str]
) -> PatientPaper:
    """Everything a colleague needs of one person; BSN and what is told apart only when ticked."""
    patient = file.patient
    identity = [("Adres", words.address(patient)), ("Telefoon", words.phones(patient.phones))]
    identity.append(("Taal", patient.language))
    identity.append(("Doelgroep", ", ".join(map(words.target_group, patient.target_groups))))
    if "bsn" in extras:
        identity.append(("BSN", words.bsn(patient)))
    last = _last_meeting(file)
    return PatientPaper(
        imprint=imprint,
        head=words.head(file, today),
        identity=tuple((name, value) for name, value in identity if value),
        state=_state(file),
        carers=_carers(file),
        relatives=_relatives(file),
        marking=_marking(file),
        dimensions=words.dimensions(file, today),
        reviews=_reviews(file, with_caregiver="mantelzorg" in extras),
        scenarios=words.scenarios(file),
        actions=tuple(words.action_line(action) for action in file.open_actions),
        agreed_on=last[0],
        agreements=last[1],
        extra=_extra(file, extras),
    )


def _state(file: PatientFile) -> tuple[tuple[str, str], ...]:
    kinds = (StatusKind.PHASE, StatusKind.URGENCY, StatusKind.COMPLEXITY, StatusKind.WHEREABOUTS)
    rows = []
    for kind in kinds:
        row = file.now(kind)
        rows.append(
            (
                label(kind).capitalize(),
                words.status_words(row).removeprefix("urgentie: ") if row else "niet vastgelegd",
            )
        )
    return tuple(rows)


def _carers(file: PatientFile) -> tuple[Carer, ...]:
    parts: dict[int, str] = {}
    for kind in (StatusKind.RESPONSIBLE, StatusKind.CENTRAL_CARER):
        who = file.professional_now(kind)
        if who is not None:
            parts[who.id] = f"{parts[who.id]}, {label(kind)}" if who.id in parts else label(kind)
    for member in file.team:
        if member.until is None:
            parts.setdefault(member.professional_id, member.part)
    found = []
    for key, part in parts.items():
        who = file.professionals[key]
        day, night = words.numbers(file, who)
        found.append(
            Carer(
                name=who.name,
                part=f"{label(who.discipline)}{f', {part}' if part else ''}",
                day=day,
                night=night,
                checked=dutch_date(who.checked_on),
            )
        )
    return tuple(found)


def _relatives(file: PatientFile) -> tuple[Relative, ...]:
    return tuple(
        Relative(
            name=naaste.name,
            relation=naaste.relation,
            roles=", ".join(label(role) for role in naaste.roles),
            phones=words.phones(naaste.phones),
            may_know=": ".join(
                part for part in (label(naaste.may_know), naaste.may_know_note) if part
            ),
        )
        for naaste in file.naasten
        if naaste.until is None
    )


def _marking(file: PatientFile) -> tuple[tuple[str, str], ...]:
    rows = [("Markering", words.markering_words(file))]
    rows += [
        (
            f"{label(told.whom).capitalize()} ingelicht",
            " · ".join(
                part
                for part in (
                    f"over {told.transition} op {dutch_date(told.on)}",
                    told.name,
                    told.how,
                    f"vóór het gesprek, omdat: {told.before_talk}" if told.before_talk else "",
                )
                if part
            ),
        )
        for told in sorted(file.told, key=lambda told: (told.on, told.id))
    ]
    return tuple(rows)


def _reviews(file: PatientFile, *, with_caregiver: bool) -> tuple[tuple[str, str], ...]:
    """The review moments; what came of a mantelzorger's own moment only when that was ticked."""
    rows = []
    for review in sorted(file.reviews, key=lambda review: (review.due, review.id)):
        name = review.subject or label(review.kind)
        if review.done_on is not None:
            told = review.kind is not ReviewKind.CAREGIVER or with_caregiver
            outcome = f": {review.outcome}" if told and review.outcome else ""
            rows.append((name, f"gehouden op {dutch_date(review.done_on)}{outcome}"))
        elif not review.dropped:
            rows.append((name, f"te doen vóór {dutch_date(review.due)} ({review.because})"))
    return tuple(rows)


def _last_meeting(file: PatientFile) -> tuple[str, tuple[str, ...]]:
    held = {m.id: m for m in file.meetings if m.state is MeetingState.HELD}
    mine = [item for item in file.items if item.meeting_id in held]
    last = max(mine, key=lambda item: (held[item.meeting_id].on, item.meeting_id), default=None)
    if last is None:
        return "", ()
    return dutch_date(held[last.meeting_id].on), last.notes.afspraken


def _extra(file: PatientFile, extras: frozenset[str]) -> tuple[Block, ...]:
    made: list[Block] = []
    if "mantelzorg" in extras:
        made.append(case.caregivers(file, with_caregiver=True))
    if "euthanasie" in extras:
        made.append(_request(file))
    if "surprise" in extras:
        step = max(
            (s for s in file.markeringen if s.surprised_by_death is not None),
            key=lambda s: s.id,
            default=None,
        )
        made.append(Facts(title="Surprise question", rows=_surprise(step), empty="Niet gesteld."))
    return tuple(made)


def _request(file: PatientFile) -> Facts:
    """The steps of a request for euthanasia, the newest first."""
    rows = [
        (
            f"{dutch_date(step.on)}: {label(step.state)}",
            " · ".join(part for part in (step.by, step.note) if part) or "zonder toelichting",
        )
        for step in newest_first(file.euthanasia)
    ]
    return Facts(title="Verzoek om euthanasie", rows=tuple(rows), empty="Geen verzoek vastgelegd.")


def _surprise(step: Markering | None) -> tuple[tuple[str, str], ...]:
    if step is None:
        return ()
    said = {True: "ja", False: "nee", None: "niet gesteld"}
    return (
        ("Verbaasd bij overlijden binnen een jaar", said[step.surprised_by_death]),
        ("Verbaasd als over een jaar nog in leven", said[step.surprised_if_alive]),
        ("Beantwoord op", f"{dutch_date(step.on)}, {step.by}"),
    )
