"""Answers on the PZP form for tests: one of each kind, or any that the form allows."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from pzdesk.content import pzp_form
from pzdesk.domain.pzp import Answer, Kind, PzpVersion, Question, checked
from pzdesk.domain.pzp_form import Column, Option

FORM = pzp_form()
SAYABLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def version(
    number: int = 1,
    talk_on: date | None = date(2026, 11, 19),
    answers: dict[str, Answer] | None = None,
    *,
    source: str = "gesprek",
    reason: str = "",
) -> PzpVersion:
    """A version whose id is its number."""
    return PzpVersion(
        id=number,
        number=number,
        talk_on=talk_on,
        source=source,
        recorded_at=datetime(2026, 11, 20, 9, number % 60, tzinfo=UTC),
        recorded_by=1,
        reason=reason,
        answers=answers or {},
    )


def enabling(question: Question) -> dict[str, Answer]:
    """The answers on the parents that make a question count."""
    made: dict[str, Answer] = {}
    condition = question.shown_when
    while condition is not None:
        parent = FORM.question(condition.question)
        chosen = condition.options[0]
        made[parent.id] = Answer(ticked=(chosen,)) if parent.kind is Kind.MULTI else Answer(chosen)
        condition = parent.shown_when
    return made


def filled(question: Question, text: str = "zoals besproken") -> list[Answer]:
    """Every single answer that a question allows."""
    match question.kind:
        case Kind.TEXT:
            return [Answer(text)]
        case Kind.DATE:
            return [Answer("2026-11-19")]
        case Kind.CHOICE:
            return [Answer(option.id) for option in question.options]
        case Kind.MULTI:
            return [Answer(ticked=(option.id,)) for option in question.options]
        case Kind.TABLE:
            return [Answer(rows=({question.columns[0].id: text},))]


def any_answers() -> st.SearchStrategy[dict[str, Answer]]:
    """Answers that the form allows, whether they count or not."""
    each = {question.id: _any_answer(question) for question in FORM.questions}
    given = st.fixed_dictionaries({}, optional=each)
    return given.map(lambda answers: checked(FORM, answers))


def _any_answer(question: Question) -> st.SearchStrategy[Answer]:
    match question.kind:
        case Kind.TEXT:
            return st.builds(Answer, SAYABLE)
        case Kind.DATE:
            return st.builds(Answer, st.dates(min_value=date(1900, 1, 1)).map(date.isoformat))
        case Kind.CHOICE:
            return st.sampled_from(question.options).flatmap(_choice)
        case Kind.MULTI:
            options = [option.id for option in question.options]
            ticked = st.lists(st.sampled_from(options), unique=True).map(tuple)
            return st.builds(Answer, ticked=ticked)
        case Kind.TABLE:
            row = st.fixed_dictionaries({}, optional={c.id: _cell(c) for c in question.columns})
            return st.builds(Answer, rows=st.lists(row, max_size=3).map(tuple))


def _choice(option: Option) -> st.SearchStrategy[Answer]:
    splits = [split.id for split in option.splits]
    known = st.lists(st.sampled_from(splits), unique=True) if splits else st.just([])
    return st.builds(Answer, st.just(option.id), split=known.map(tuple))


def _cell(column: Column) -> st.SearchStrategy[str]:
    return st.sampled_from([o.id for o in column.options]) if column.options else SAYABLE
