"""The PZP as versions: which one is valid, what conflicts, what changed, and what a new one must say.

A version is never edited; a correction is a new version with a reason. Import this module for all of the
PZP: the answers, the words and the form are behind it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pzdesk.domain.errors import BadInput
from pzdesk.domain.patient import NEW, PatientId
from pzdesk.domain.person import dutch_date
from pzdesk.domain.pzp_answers import (
    Answer,
    Answers,
    State,
    checked,
    counting,
    is_head,
    is_shown,
    main_question,
    possible_splits,
    state,
)
from pzdesk.domain.pzp_form import HEAD, Kind, Option, Part, PzpForm, Question
from pzdesk.domain.pzp_words import (
    NOT_DISCUSSED,
    NOT_FILLED,
    AnswerRow,
    LimitLine,
    answer_in_words,
    answer_rows,
    bare_words,
    header_limits,
    limit_line,
    limits_in_words,
    limits_sentence,
)
from pzdesk.domain.texts import Line, clean_text

__all__ = [
    "NOT_DISCUSSED",
    "NOT_FILLED",
    "Answer",
    "AnswerRow",
    "Answers",
    "Difference",
    "Kind",
    "Leftover",
    "LimitLine",
    "Option",
    "Part",
    "PzpConfirmation",
    "PzpForm",
    "PzpVersion",
    "Question",
    "Standing",
    "State",
    "answer_in_words",
    "answer_rows",
    "before",
    "check_given_date",
    "check_reason",
    "check_talk_date",
    "checked",
    "conflicts",
    "counting",
    "differences",
    "header_limits",
    "is_shown",
    "limit_line",
    "limits_in_words",
    "limits_sentence",
    "possible_splits",
    "split_leftovers",
    "standing",
    "state",
    "talk_rank",
    "valid",
]

FROM_TALK = "gesprek"
FROM_FORM = "formulier"


@dataclass(frozen=True, slots=True, kw_only=True)
class PzpVersion:
    """What was agreed in one talk; ``source`` is "gesprek" (recorded here) or "formulier" (received).

    ``source_digest`` is the SHA-256 of the bytes that were read in, ``recorded_at`` the moment it was
    recorded or received. ``talk_on`` is empty only where a received form has no readable date.
    """

    id: int = 0
    patient_id: PatientId = NEW
    number: int
    talk_on: date | None
    held_by: Line = ""
    held_by_function: Line = ""
    source: str = FROM_TALK
    source_digest: str = ""
    recorded_at: datetime
    recorded_by: int
    reason: str = ""
    answers: dict[str, Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class PzpConfirmation:
    """That the responsible clinician confirmed a received version: who and when."""

    id: int = 0
    version_id: int
    confirmed_on: date
    confirmed_by: Line
    recorded_by: int


class Standing(StrEnum):
    """Whether a version holds."""

    VALID = "geldend"
    TO_CONFIRM = "te_bevestigen"
    OLDER = "ouder"


STANDING_WORDS = {
    Standing.VALID: "geldend",
    Standing.TO_CONFIRM: "ontvangen, te bevestigen door de hoofdbehandelaar",
    Standing.OLDER: "niet meer geldend",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """An answer that the form hides: it is told at the import and counts nowhere.

    ``label`` is the question with its number, ``words`` what was answered, ``because``
    the answer that hides it.
    """

    question: str
    label: str
    words: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One question that was answered otherwise: its words in the old and in the new version."""

    question: str
    number: str
    label: str
    old: str
    new: str


def valid(versions: Iterable[PzpVersion]) -> PzpVersion | None:
    """The version with the latest date of the talk, not of the import; on one day the later number.

    A version without a date never holds over one with a date. Whether a received version was confirmed
    is shown beside it and changes nothing here (see ``standing``).
    """
    return max(versions, key=talk_rank, default=None)


def standing(
    version: PzpVersion, versions: Iterable[PzpVersion], confirmations: Iterable[PzpConfirmation]
) -> Standing:
    """Whether a version holds, holds but was received and waits for confirmation, or is an older one."""
    holds = valid(versions)
    if holds is None or holds.number != version.number:
        return Standing.OLDER
    confirmed = any(row.version_id == version.id for row in confirmations)
    if version.source == FROM_FORM and not confirmed:
        return Standing.TO_CONFIRM
    return Standing.VALID


def before(version: PzpVersion, versions: Iterable[PzpVersion]) -> PzpVersion | None:
    """The version of the talk before this one; on one day the one with the number before.

    The same received form without the date that was given later is no version before it.
    """
    older = (
        other
        for other in versions
        if talk_rank(other) < talk_rank(version)
        and not (other.source_digest and other.source_digest == version.source_digest)
    )
    return max(older, key=talk_rank, default=None)


def conflicts(versions: Iterable[PzpVersion]) -> tuple[PzpVersion, ...]:
    """The versions that say otherwise about the same talk as the valid one, which is among them.

    A version recorded here with a reason corrects those before it on purpose, and is no conflict with
    them; the reason of a received one only says where its date comes from.
    """
    rows = sorted(versions, key=talk_rank)
    if not rows:
        return ()
    same_talk = [row for row in rows if row.talk_on == rows[-1].talk_on]
    corrections = [i for i, row in enumerate(same_talk) if row.reason and row.source == FROM_TALK]
    same_talk = same_talk[corrections[-1] :] if corrections else same_talk
    said = [_agreed(row) for row in same_talk]
    return tuple(same_talk) if any(other != said[-1] for other in said) else ()


def split_leftovers(
    form: PzpForm, answers: Answers
) -> tuple[dict[str, Answer], tuple[Leftover, ...]]:
    """The answers that count, and those that the form hides because of another answer."""
    counted = counting(form, answers)
    hidden = [q for q in form.questions if q.id in answers and q.id not in counted]
    return counted, tuple(_leftover(form, question, answers) for question in hidden)


def differences(form: PzpForm, old: Answers, new: Answers) -> tuple[Difference, ...]:
    """What changed from one version to another, question by question, free text included.

    A restriction, "anders, namelijk" and the parts of a name belong to the question they complete; a
    toelichting is a question of its own. The head (who, when, by whom) is not compared.
    """
    before, after = counting(form, old), counting(form, new)
    changed = {
        main_question(form, question).id
        for question in form.questions
        if not is_head(question) and before.get(question.id) != after.get(question.id)
    }
    return tuple(
        Difference(
            question=question.id,
            number=question.number,
            label=question.label,
            old=answer_in_words(form, question, before),
            new=answer_in_words(form, question, after),
        )
        for question in form.questions
        if question.id in changed
    )


def check_talk_date(talk_on: date, today: date) -> date:
    """The date of a talk that was held.

    Raises:
        BadInput: it lies in the future.
    """
    if talk_on > today:
        raise BadInput(
            f"De datum van het gesprek, {dutch_date(talk_on)}, ligt in de toekomst.", field="datum"
        )
    return talk_on


def check_given_date(version: PzpVersion, talk_on: date, today: date) -> date:
    """The date of a talk that is given to a received version later, because its form has none.

    Raises:
        BadInput: the form has a date of its own, or the day lies in the future.
    """
    if version.talk_on is not None:
        raise BadInput(
            f"Het formulier noemt zelf de datum van het gesprek: {dutch_date(version.talk_on)}.",
            field="datum_gesprek",
        )
    if talk_on > today:
        raise BadInput("De datum van het gesprek ligt in de toekomst.", field="datum_gesprek")
    return talk_on


def check_reason(reason: str, *, corrects: bool) -> str:
    """The reason of a version, cleaned; a correction cannot do without.

    Raises:
        BadInput: a correction has no reason.
    """
    made = clean_text(reason)
    if corrects and not made:
        raise BadInput("Geef aan waarom deze PZP wordt verbeterd.", field="reden")
    return made


def talk_rank(version: PzpVersion) -> tuple[date, int]:
    """Which version comes after which: by the day of the talk, no day first, then by number."""
    return version.talk_on or date.min, version.number


def _agreed(version: PzpVersion) -> dict[str, Answer]:
    """The answers without the head, which says who and when."""
    return {key: said for key, said in version.answers.items() if key.split(".")[0] != HEAD}


def _leftover(form: PzpForm, question: Question, answers: Answers) -> Leftover:
    return Leftover(
        question=question.id,
        label=_named(question),
        words=bare_words(question, answers[question.id]),
        because=_hidden_because(form, question, answers),
    )


def _hidden_because(form: PzpForm, question: Question, answers: Answers) -> str:
    """The parent that hides a question, and what it was answered."""
    condition = question.shown_when
    if condition is None:
        return ""
    parent = form.question(condition.question)
    if not is_shown(form, parent, answers):
        return _hidden_because(form, parent, answers)
    said = bare_words(parent, answers[parent.id]) if parent.id in answers else ""
    return f"{_named(parent)} is {f'“{said}”' if said else NOT_FILLED}"


def _named(question: Question) -> str:
    return f"{question.number} {question.label}" if question.number else question.label
