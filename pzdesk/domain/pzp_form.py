"""The PZP form as data: which questions it has, which answers, with which national codes, shown when.

The content stands in ``resources/pzp/form.json``: codes and answer labels are those of the national data
set (informatiestandaard Proactieve Zorgplanning, zibs 2020), questions are in our own words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

HEAD = "0"
"""The section with who, when and by whom: told elsewhere on a paper, and not compared."""


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    CHOICE = "choice"
    MULTI = "multi"
    DATE = "date"
    TABLE = "table"


class Part(StrEnum):
    """What a question is to another one: itself, its toelichting, what completes an option, or a part."""

    ANSWER = "answer"
    NOTE = "note"
    DETAIL = "detail"
    PART = "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWhen:
    """A question counts only where its parent has one of these options (enableWhen)."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """A national code that belongs to a question whatever the answer is, or only ``when`` it is given."""

    link_id: str
    code: str
    system: str
    display: str
    when: ShownWhen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """One of the codes that an option of the form merges ("Broer/zus" is BRO or SIS)."""

    id: str
    label: str
    code: str
    system: str
    display: str
    link_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer of the form: its verbatim label, its code (or the splits), and its value in the PDF.

    ``words`` is how a treatment limit is said, with ``{}`` where the text of ``detail`` belongs and
    ``words_without`` for when that text is missing. ``told_by`` names the question whose words say it too.
    ``advice`` is what the form itself tells whoever gives this answer.
    """

    id: str
    label: str
    code: str = ""
    system: str = ""
    display: str = ""
    link_id: str = ""
    accepts: tuple[str, ...] = ()
    splits: tuple[Split, ...] = ()
    acro: str = ""
    acro_field: str = ""
    unknown: bool = False
    detail: str = ""
    words: str = ""
    words_without: str = ""
    told_by: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table of telephone numbers or e-mail addresses; without options it is text."""

    id: str
    label: str
    link_id: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; ``acro`` is its field in the official PDF, ``link_ids`` its items nationally."""

    id: str
    section: str
    label: str
    kind: Kind
    role: Part = Part.ANSWER
    of: str = ""
    acro: str = ""
    link_ids: tuple[str, ...] = ()
    shown_when: ShownWhen | None = None
    fixed: Coding | None = None
    implied: tuple[Coding, ...] = ()
    empty_words: str = ""
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()

    @property
    def number(self) -> str:
        """What it is called on the form ("4a"); a toelichting bears the number of its question."""
        return (self.of or self.id) if self.section != HEAD else ""

    @property
    def is_limit(self) -> bool:
        """Whether it is a treatment limit, which is said in words of its own."""
        return bool(self.empty_words)

    def option(self, option_id: str) -> Option | None:
        """An option by its id, or nothing."""
        return next((option for option in self.options if option.id == option_id), None)

    def splits(self) -> dict[str, tuple[Option, Split]]:
        """Every split by its id, with the option that it belongs to."""
        return {s.id: (option, s) for option in self.options for s in option.splits}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    """A section of the form, with its title in our words."""

    id: str
    title: str


@dataclass(frozen=True, kw_only=True)  # without slots: what is looked up is kept beside the fields
class PzpForm:
    """The whole form, in the order in which it is asked."""

    id: str
    version: str
    source: str
    sections: tuple[FormSection, ...]
    questions: tuple[Question, ...]

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def _around(self) -> dict[tuple[str, Part], tuple[Question, ...]]:
        around: dict[tuple[str, Part], tuple[Question, ...]] = {}
        for question in self.questions:
            key = (question.of, question.role)
            around[key] = (*around.get(key, ()), question)
        return around

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._by_id

    def question(self, question_id: str) -> Question:
        """A question by its id (a ``KeyError`` is a bug)."""
        return self._by_id[question_id]

    def note_of(self, question: Question) -> Question | None:
        """The toelichting that belongs to a question."""
        return next(iter(self._around.get((question.id, Part.NOTE), ())), None)

    def parts_of(self, question: Question) -> tuple[Question, ...]:
        """The questions that split an answer further: parts of a name, telephone numbers."""
        return self._around.get((question.id, Part.PART), ())

    def details_of(self, question: Question) -> tuple[Question, ...]:
        """The questions that complete an option: a restriction, "anders, namelijk"."""
        return self._around.get((question.id, Part.DETAIL), ())

    def in_section(self, section_id: str) -> Iterator[Question]:
        """The questions of a section, toelichtingen and parts left out."""
        return (q for q in self.questions if q.section == section_id and q.role is Part.ANSWER)


def acro_fields(form: PzpForm) -> dict[str, Question]:
    """The question that each answer field of the official PDF belongs to."""
    found = {question.acro: question for question in form.questions if question.acro}
    for question in form.questions:
        found.update({o.acro_field: question for o in question.options if o.acro_field})
    return found


def checked_form(form: PzpForm) -> PzpForm:
    """The form, when it holds together.

    Raises:
        ValueError: a double id or field, a reference to nothing, or a limit without words; a bug of ours.
    """
    _unique("vraag", [q.id for q in form.questions])
    fields = [q.acro for q in form.questions if q.acro]
    fields += [o.acro_field for q in form.questions for o in q.options if o.acro_field]
    _unique("veld", fields)
    _unique("onderdeel", [section.id for section in form.sections])
    links = [link for q in form.questions for link in q.link_ids]
    _unique("linkId", links + [c.link_id for q in form.questions for c in q.columns])
    for question in form.questions:
        _check(form, question)
    return form


def _check(form: PzpForm, question: Question) -> None:
    where = f"vraag {question.id}"
    _demand(question.section in {section.id for section in form.sections}, f"{where}: onderdeel")
    _demand((question.role is Part.ANSWER) == (not question.of), f"{where}: waarbij hoort hij")
    _demand(not question.of or question.of in form, f"{where}: hoort bij niets")
    has_options = question.kind in (Kind.CHOICE, Kind.MULTI)
    _demand(has_options == bool(question.options), f"{where}: antwoorden")
    _demand((question.kind is Kind.TABLE) == bool(question.columns), f"{where}: kolommen")
    _unique(f"{where}, antwoord", [option.id for option in question.options])
    _unique(f"{where}, splitsing", [s.id for o in question.options for s in o.splits])
    _unique(f"{where}, kolom", [column.id for column in question.columns])
    if question.acro:
        _unique(f"{where}, waarde", [option.acro for option in question.options])
    seen = {question.id}
    parent = question.shown_when
    while parent is not None:
        _demand(parent.question in form, f"{where}: ouder {parent.question}")
        _demand(parent.question not in seen, f"{where}: ouder in een kring")
        asked = form.question(parent.question)
        _demand(all(asked.option(option) for option in parent.options), f"{where}: ouderantwoord")
        seen.add(parent.question)
        parent = asked.shown_when
    for option in question.options:
        _check_option(form, question, option)


def _check_option(form: PzpForm, question: Question, option: Option) -> None:
    where = f"vraag {question.id}, antwoord {option.id}"
    _demand(bool(option.code) != bool(option.splits), f"{where}: een code of splitsingen")
    _demand(bool(question.is_limit) == bool(option.words), f"{where}: woorden")
    _demand(("{}" in option.words) == bool(option.words_without), f"{where}: woorden zonder")
    _demand("{}" not in option.words or bool(option.detail), f"{where}: aanvulling")
    _demand(option.words.count("{") <= 1, f"{where}: accolades")
    _demand(not option.detail or option.detail in form, f"{where}: aanvulling {option.detail}")
    _demand(not option.told_by or option.told_by in form, f"{where}: {option.told_by}")


def _demand(holds: bool, what: str) -> None:  # noqa: FBT001
    if not holds:
        raise ValueError(what)


def _unique(what: str, names: list[str]) -> None:
    doubles = {name for name in names if names.count(name) > 1}
    _demand(not doubles, f"{what} dubbel: {sorted(doubles)}")


def unknown_keys(given: object, made: object, where: str = "") -> list[str]:
    """Where the file says something that the form does not know (``made``: the form as plain values)."""
    if isinstance(given, Mapping) and isinstance(made, Mapping):
        found = [f"{where}/{key}" for key in given if key not in made]
        for key, value in given.items():
            if key in made:
                found += unknown_keys(value, made[key], f"{where}/{key}")
        return found
    if isinstance(given, list) and isinstance(made, list | tuple):
        pairs = enumerate(zip(given, made, strict=True))
        return [key for i, (a, b) in pairs for key in unknown_keys(a, b, f"{where}/{i}")]
    return []
