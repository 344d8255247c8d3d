"""Answers on the PZP form: cleaned and checked, and which of them count.

The official PDF hides an answer without clearing it, so an answer counts only where its parent enables it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pzdesk.domain.errors import BadInput
from pzdesk.domain.pzp_form import Kind, Option, Part, PzpForm, Question
from pzdesk.domain.texts import MAX_TEXT, clean_text

MAX_ROWS = 50
"""Telephone numbers or e-mail addresses of one person."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one question.

    ``value`` is a text, the id of an option, or a day as jjjj-mm-dd; ``ticked`` the ids of ticked boxes;
    ``rows`` the rows of a table by column. ``split`` says which of the merged codes of an option it is
    ("broer" of "Broer/zus"), where that is known: the PDF never says it, and it is never guessed.
    """

    value: str = ""
    ticked: tuple[str, ...] = ()
    rows: tuple[dict[str, str], ...] = ()
    split: tuple[str, ...] = ()


Answers = Mapping[str, Answer]


class State(StrEnum):
    """The three states of a question; an unticked box is not answered, never "nee"."""

    EMPTY = "niet_ingevuld"
    UNKNOWN = "nog_onbekend"
    VALUE = "waarde"


def state(question: Question, answers: Answers) -> State:
    """Whether a question is not filled in, not known yet, or has a value."""
    answer = answers.get(question.id)
    if answer is None:
        return State.EMPTY
    chosen = question.option(answer.value)
    return State.UNKNOWN if chosen is not None and chosen.unknown else State.VALUE


def chosen_options(question: Question, answers: Answers) -> tuple[Option, ...]:
    """The options that were chosen or ticked, in the order of the form."""
    answer = answers.get(question.id)
    if answer is None:
        return ()
    ids = (answer.value, *answer.ticked)
    return tuple(option for option in question.options if option.id in ids)


def text_of(question_id: str, answers: Answers) -> str:
    """The text answered to a question, or nothing."""
    answer = answers.get(question_id)
    return answer.value if answer else ""


def possible_splits(question: Question, chosen: Collection[str]) -> tuple[str, ...]:
    """The splits that may be said beside these options: their own, or those of the other national item.

    A legal representative may be mentor and brother: the form has one answer, the data set two.
    """
    own = {link for o in question.options if o.id in chosen for link in _links(o)}
    is_one = question.kind is Kind.CHOICE and bool(own)
    return tuple(
        split_id
        for split_id, (option, split) in question.splits().items()
        if option.id in chosen or (is_one and split.link_id not in own)
    )


def is_shown(form: PzpForm, question: Question, answers: Answers) -> bool:
    """Whether the parents of a question enable it."""
    condition = question.shown_when
    if condition is None:
        return True
    parent = form.question(condition.question)
    if not is_shown(form, parent, answers):
        return False
    return any(option.id in condition.options for option in chosen_options(parent, answers))


def counting(form: PzpForm, answers: Answers) -> dict[str, Answer]:
    """The answers that count, in the order of the form."""
    return {
        question.id: answers[question.id]
        for question in form.questions
        if question.id in answers and is_shown(form, question, answers)
    }


def checked(form: PzpForm, answers: Answers) -> dict[str, Answer]:
    """The answers cleaned, without empty ones, in the order of the form.

    Raises:
        BadInput: a question or option that the form does not have, a day that is none, or more than
            20,000 characters; ``field`` is the question's id.
    """
    unknown = [question_id for question_id in answers if question_id not in form]
    if unknown:
        raise BadInput(
            f"Het PZP-formulier heeft geen vraag “{clean_text(unknown[0])[:40]}”.", field=unknown[0]
        )
    made = {}
    for question in form.questions:
        if question.id in answers:
            answer = _checked(question, answers[question.id])
            if answer != Answer():
                made[question.id] = answer
    return made


def _checked(question: Question, answer: Answer) -> Answer:
    match question.kind:
        case Kind.TEXT:
            made = Answer(_limited(question, answer.value))
        case Kind.DATE:
            made = Answer(_day(question, answer.value))
        case Kind.CHOICE:
            value = clean_text(answer.value)
            _known(question, (value,) if value else ())
            made = Answer(value, split=_splits(question, answer.split, (value,)))
        case Kind.MULTI:
            _known(question, answer.ticked)
            ticked = tuple(o.id for o in question.options if o.id in answer.ticked)
            made = Answer(ticked=ticked, split=_splits(question, answer.split, ticked))
        case Kind.TABLE:
            made = Answer(rows=_rows(question, answer.rows))
    foreign = (
        (answer.value and question.kind in (Kind.MULTI, Kind.TABLE))
        or (answer.ticked and question.kind is not Kind.MULTI)
        or (answer.rows and question.kind is not Kind.TABLE)
        or (answer.split and not made.split)
    )
    if foreign:
        raise _bad(question, "is van een andere soort dan de vraag")
    return made


def _known(question: Question, option_ids: tuple[str, ...]) -> None:
    for option_id in option_ids:
        if question.option(option_id) is None:
            raise _bad(question, f"staat niet op het formulier: “{clean_text(option_id)[:40]}”")


def _splits(question: Question, given: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The given splits in the order of the form (see ``possible_splits``)."""
    known, possible = question.splits(), possible_splits(question, chosen)
    for split_id in given:
        if split_id not in known:
            raise _bad(question, f"is niet te splitsen in “{clean_text(split_id)[:40]}”")
        if split_id not in possible:
            raise _bad(question, f"kan niet ook “{known[split_id][1].label}” zijn")
    return tuple(split_id for split_id in known if split_id in given)


def _links(option: Option) -> set[str]:
    return {option.link_id, *(split.link_id for split in option.splits)} - {""}


def _rows(question: Question, rows: tuple[dict[str, str], ...]) -> tuple[dict[str, str], ...]:
    if len(rows) > MAX_ROWS:
        raise _bad(question, f"telt meer dan {MAX_ROWS} regels")
    columns = {column.id: column for column in question.columns}
    made = []
    for row in rows:
        kept = {}
        for column_id, cell in row.items():
            if column_id not in columns:
                raise _bad(question, f"heeft geen onderdeel “{clean_text(column_id)[:40]}”")
            text = _limited(question, cell)
            options = columns[column_id].options
            if text and options and text not in {option.id for option in options}:
                raise _bad(question, f"kent als {columns[column_id].label} geen “{text[:40]}”")
            if text:
                kept[column_id] = text
        if kept:
            made.append({column: kept[column] for column in columns if column in kept})
    return tuple(made)


def _day(question: Question, text: str) -> str:
    bare = clean_text(text)
    if not bare:
        return ""
    try:
        day = date.fromisoformat(bare) if len(bare) == len("2026-11-22") else None
    except ValueError:
        day = None
    if day is None:
        raise _bad(question, f"is geen datum: “{bare[:40]}”")
    return day.isoformat()


def _limited(question: Question, text: str) -> str:
    made = clean_text(text)
    if len(made) > MAX_TEXT:
        raise _bad(question, f"telt {len(made)} tekens en er passen er 20.000; kort het in")
    return made


def _bad(question: Question, what: str) -> BadInput:
    number = f"{question.number} " if question.number else ""
    return BadInput(f"Het antwoord bij “{number}{question.label}” {what}.", field=question.id)


def is_head(question: Question) -> bool:
    """Whether a question is about who and when, so that it is not part of what was agreed."""
    return not question.number


def main_question(form: PzpForm, question: Question) -> Question:
    """The question that a detail or part belongs to; any other question is itself."""
    return form.question(question.of) if question.role in (Part.DETAIL, Part.PART) else question
