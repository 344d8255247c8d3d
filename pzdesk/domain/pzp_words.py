"""The PZP in full Dutch words: treatment limits, answers on paper and in the window.

A limit is worded per question and answer and never from a code alone: code 2 is "niet reanimeren" on 4a
and "geen overige behandelgrenzen" on 4g. "Ja, maar" never stands without its restriction.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pzdesk.domain.person import dutch_date
from pzdesk.domain.pzp_answers import (
    Answer,
    Answers,
    State,
    chosen_options,
    is_head,
    is_shown,
    state,
    text_of,
)
from pzdesk.domain.pzp_form import Column, Kind, Option, Part, PzpForm, Question

NOT_FILLED = "niet ingevuld"
NOT_ASKED = "niet van toepassing"
NOT_DISCUSSED = "behandelgrenzen nog niet besproken"
"""What the header, lists and papers say of somebody without any PZP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLine:
    """One treatment limit: ``words`` stand alone, ``note`` is the toelichting that is not in them yet."""

    question: str
    label: str
    words: str
    note: str = ""
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One question as it stands on paper: the answer in words and the toelichting below it.

    ``limit`` are the words of a treatment limit, empty for every other question; ``advice`` is what the
    form itself tells whoever gives this answer.
    """

    question: str
    section: str
    number: str
    label: str
    answer: str
    note: str = ""
    limit: str = ""
    advice: str = ""
    state: State


def limits_in_words(form: PzpForm, answers: Answers | None) -> tuple[LimitLine, ...]:
    """Every treatment limit in the order of the form; nothing for somebody without a PZP (``None``)."""
    if answers is None:
        return ()
    return tuple(
        _limit(form, question, answers)
        for question in form.questions
        if question.is_limit and is_shown(form, question, answers)
    )


def limit_line(form: PzpForm, question_id: str, answers: Answers) -> LimitLine:
    """One treatment limit in words ("4a": reanimatie)."""
    return _limit(form, form.question(question_id), answers)


def limits_sentence(form: PzpForm, answers: Answers | None) -> str:
    """The treatment limits for a header, never shortened: "niet reanimeren · wel antibiotica"."""
    return " · ".join(header_limits(form, answers))


def header_limits(form: PzpForm, answers: Answers | None) -> tuple[str, ...]:
    """The treatment limits one by one, without what another of them says too."""
    lines = limits_in_words(form, answers)
    if not lines or answers is None:
        return (NOT_DISCUSSED,)
    if all(line.state is State.EMPTY for line in lines):
        return ("behandelgrenzen niet ingevuld",)
    shown = {line.question for line in lines}
    told = {
        line.question
        for line in lines
        for option in chosen_options(form.question(line.question), answers)
        if option.told_by in shown
    }
    return tuple(line.words for line in lines if line.question not in told)


def _limit(form: PzpForm, question: Question, answers: Answers) -> LimitLine:
    words, note = question.empty_words, form.note_of(question)
    told = ""
    for option in chosen_options(question, answers):
        told = option.detail
        text = on_one_line(_detail_text(form, option, answers))
        # Not str.format: the text is somebody's own and may hold braces.
        words = option.words.replace("{}", text) if text else option.words_without or option.words
    comment = (
        text_of(note.id, answers) if note is not None and is_counted(form, note, answers) else ""
    )
    return LimitLine(
        question=question.id,
        label=question.label,
        words=words,
        note="" if note is not None and note.id == told else comment,
        state=state(question, answers),
    )


def is_counted(form: PzpForm, question: Question, answers: Answers) -> bool:
    """Whether a question is answered, and its parents enable it."""
    return question.id in answers and is_shown(form, question, answers)


def answer_in_words(form: PzpForm, question: Question, answers: Answers) -> str:
    """An answer for paper and window: "Ja, maar met beperkingen: …", "Anders: buurvrouw", "niet ingevuld".

    A merged option keeps its label, with what is known of it in brackets: "Broer/zus (Zuster)".
    """
    if not is_shown(form, question, answers):
        return NOT_ASKED
    answer = answers.get(question.id)
    if answer is None:
        return "; ".join(_parts(form, question, answers)) or NOT_FILLED
    options = _option_words(form, question, answers)
    said = ", ".join(options) if question.options else bare_words(question, answer)
    parts = [text for text in _parts(form, question, answers) if text != said]
    return f"{said} ({'; '.join(parts)})" if parts else said


def bare_words(question: Question, answer: Answer) -> str:
    """An answer by itself, without what other questions add to it."""
    match question.kind:
        case Kind.TEXT:
            return answer.value
        case Kind.DATE:
            return dutch_date(date.fromisoformat(answer.value))
        case Kind.TABLE:
            return "; ".join(_row_in_words(question, row) for row in answer.rows)
        case Kind.CHOICE | Kind.MULTI:
            chosen = chosen_options(question, {question.id: answer})
            return ", ".join(option.label for option in chosen)


def answer_rows(form: PzpForm, answers: Answers) -> tuple[AnswerRow, ...]:
    """Every question that is asked, section by section, as the PZP form prints it; the head left out."""
    return tuple(_rows(form, answers))


def _rows(form: PzpForm, answers: Answers) -> Iterator[AnswerRow]:
    for question in form.questions:
        if question.role is not Part.ANSWER or is_head(question):
            continue
        if not is_shown(form, question, answers):
            continue
        note = form.note_of(question)
        told = {option.detail for option in chosen_options(question, answers)}
        has_note = note is not None and is_counted(form, note, answers) and note.id not in told
        yield AnswerRow(
            question=question.id,
            section=question.section,
            number=question.number,
            label=question.label,
            answer=answer_in_words(form, question, answers),
            note=text_of(note.id, answers) if note is not None and has_note else "",
            limit=_limit(form, question, answers).words if question.is_limit else "",
            advice=" ".join(
                option.advice for option in chosen_options(question, answers) if option.advice
            ),
            state=state(question, answers),
        )


def on_one_line(text: str) -> str:
    """A text within a sentence: its line ends become spaces, nothing is left out."""
    return " ".join(text.split())


def _option_words(form: PzpForm, question: Question, answers: Answers) -> Iterator[str]:
    known = question.splits()
    split = [known[split_id] for split_id in answers[question.id].split if split_id in known]
    for option in chosen_options(question, answers):
        # What belongs to another national item stands behind the one answer of the form.
        own = [s.label for o, s in split if o.id == option.id or question.kind is Kind.CHOICE]
        words = f"{option.label} ({', '.join(own)})" if own else option.label
        text = _detail_text(form, option, answers)
        yield f"{words}: {text}" if text else f"{words}{_missing(form, option)}"


def _missing(form: PzpForm, option: Option) -> str:
    """What stands behind an option whose text is missing; a toelichting may be missing."""
    if option.words_without:
        return " (welke is niet ingevuld)"
    if option.detail and form.question(option.detail).role is Part.DETAIL:
        return f" ({NOT_FILLED})"
    return ""


def _detail_text(form: PzpForm, option: Option, answers: Answers) -> str:
    if not option.detail or not is_counted(form, form.question(option.detail), answers):
        return ""
    return text_of(option.detail, answers)


def _parts(form: PzpForm, question: Question, answers: Answers) -> Iterator[str]:
    """What is known of an answer in parts: a name in one piece, then each table or code."""
    name = []
    for part in form.parts_of(question):
        answer = answers.get(part.id)
        if answer is None or not is_shown(form, part, answers):
            continue
        words = bare_words(part, answer)
        if part.kind is Kind.TEXT:
            name.append(words)
        else:
            yield words
    if name:
        yield " ".join(name)


def _row_in_words(question: Question, row: dict[str, str]) -> str:
    """A row of a table: its first column, the others in brackets ("06-12345678 (mobiel, thuis)")."""
    cells = [_cell(column, row[column.id]) for column in question.columns if column.id in row]
    first = question.columns[0].id
    if first not in row or len(cells) == 1:
        return ", ".join(cells)
    return f"{cells[0]} ({', '.join(cells[1:])})"


def _cell(column: Column, value: str) -> str:
    return next((option.label for option in column.options if option.id == value), value)
