"""The national PZP form on screen: its questions in order, of which only those that apply are there."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from pzdesk.domain import pzp
from pzdesk.domain.errors import BadInput
from pzdesk.domain.pzp import Answer, Answers, Kind, Part, PzpForm, Question
from pzdesk.domain.pzp_form import HEAD
from pzdesk.gui.choices import ChecksField, PickField
from pzdesk.gui.fields import AreaField, Field
from pzdesk.gui.forms import Form
from pzdesk.gui.pages.file.pzp_fields import AnswerField, SplitField, is_long
from pzdesk.gui.parts import bring_into_sight, bring_to_top, line, text

NOTE = "Toelichting"
LARGE = 3  # lines of a question that has a row of its own
PART_OF_PAIR = 2
ABOVE_AND_BELOW = 90  # pixels at 100 % to see of the questions around the one of now


class PzpQuestions(QObject):
    """The questions within a form. Hidden ones keep what was typed, and are not among the answers.

    ``base`` are the answers to begin with. The parts of an answer that only a coded form brings (first
    names, kinds of numbers) are not asked; they stay as long as their answer stays as it was.
    """

    def __init__(
        self,
        form: Form,
        national: PzpForm,
        base: Answers,
        people: Mapping[str, str],
    ) -> None:
        """``people``: who is in the care network by name, and how each can be reached."""
        super().__init__(form)
        self.form = form
        self._national = national
        counted = pzp.counting(national, base)
        self._base = {
            key: said for key, said in counted.items() if national.question(key).section != HEAD
        }
        self._people = people
        self._fields: dict[str, Field] = {}
        self._splits: dict[str, SplitField] = {}
        self._firsts: list[Field] = []
        self.tops: list[QWidget] = []
        self._names: dict[QObject, Question] = {}
        self._told: list[Callable[[], object]] = []
        self._order: list[Field] = []
        for section in national.sections:
            if section.id != HEAD:
                self._section(section.id, f"{section.id}. {section.title}")
        self._began = {key: field.raw() for key, field in self._fields.items()}

    def watch(self, told: Callable[[], object]) -> None:
        """Call when an answer changes; to be said once the form is ready, with its draft put back."""
        self._told.append(told)
        for field in (*self._fields.values(), *self._splits.values()):
            field.changed.connect(self.fit)
            for part in (field, *field.findChildren(QWidget)):
                part.installEventFilter(self)
        self.fit()

    def answers(self) -> dict[str, Answer]:
        """What is answered, as far as the form asks for it.

        Raises:
            BadInput: an answer cannot be kept; ``field`` is the question.
        """
        said = pzp.counting(self._national, self._said())
        return pzp.checked(self._national, said)

    def clear(self) -> None:
        """Make every question not filled in."""
        for field in (*self._fields.values(), *self._splits.values()):
            field.set_raw("")

    def next_part(self, step: int) -> None:
        """On to the first question of the next or the previous section."""
        here = self.form.window().focusWidget()
        order = self._order
        at = next((i for i, f in enumerate(order) if here is not None and f.isAncestorOf(here)), -1)
        places = [order.index(first) for first in self._firsts]
        later = [i for i in places if i > at]
        earlier = [i for i in places if i < at]
        found = later[:1] if step > 0 else earlier[-1:]
        for index in found:
            order[index].setFocus(Qt.FocusReason.ShortcutFocusReason)
            bring_to_top(self.tops[places.index(index)])

    def fit(self) -> None:
        """Show what applies now; the rule is the one by which answers count."""
        said = self._said()
        for key, field in self._fields.items():
            question = self._national.question(key)
            field.setVisible(pzp.is_shown(self._national, question, said))
        for key, split in self._splits.items():
            question = self._national.question(key)
            answer = said.get(key, Answer())
            chosen = [chosen for chosen in (answer.value, *answer.ticked) if chosen]
            shown = pzp.is_shown(self._national, question, said)
            split.allow(pzp.possible_splits(question, chosen) if shown else (), chosen)
        for told in self._told:
            told()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            bring_into_sight(watched, ABOVE_AND_BELOW)
        if event.type() == QEvent.Type.FocusOut and watched in self._names:
            self._put_contact(self._names[watched])
        return super().eventFilter(watched, event)

    def _section(self, section_id: str, title: str) -> None:
        self.tops.append(line())
        self.form.put(self.tops[-1]).part(title)
        questions = list(self._national.in_section(section_id))
        first = len(self._fields)
        for is_text, group in groupby(questions, key=_stands_alone):
            for pair in _pairs(list(group)) if is_text else [[q] for q in group]:
                self._rows(pair)
        for question in questions:
            if title.endswith(f" {question.label}"):  # the heading asks it already
                self._fields[question.id].label.hide()
        self._firsts.append(list(self._fields.values())[first])

    def _rows(self, questions: Sequence[Question]) -> None:
        """A question beside its toelichting, or two short texts side by side; what completes it below.

        A restriction comes before the toelichting: after "ja, maar" it is what is asked next.
        """
        (question, *_) = questions
        details = [d for one in questions for d in self._national.details_of(one)]
        if details and (note := self._national.note_of(question)) is not None:
            self.form.row(self._take(question))
            self.form.row(*(self._take(one) for one in (*details, note)))
            details = []
        elif len(questions) == PART_OF_PAIR:
            self.form.row(*(self._take(q) for q in questions))
        elif (note := self._national.note_of(question)) is not None:
            both = self._take(question), self._take(note)
            if is_long(question):
                self.form.row(both[0]).row(both[1])
            else:
                self.form.row(*both, shares=(3, 2))
        else:
            self.form.row(self._take(question))
        for question in questions:
            if question.splits():
                label = f"{_label(question)}, preciezer (mag leeg blijven)"
                split = SplitField(question, label)
                split.label.setText("Preciezer (mag leeg blijven)")
                split.set_raw("\n".join(self._base.get(question.id, Answer()).split))
                self._splits[question.id] = split
                self._order.append(split)
                self.form.row(split)
        for detail in details:
            self.form.row(self._take(detail))

    def _take(self, question: Question) -> Field:
        field = self._field(question)
        self._fields[question.id] = field
        self._order.append(field)
        field.set_raw(_raw(self._national, question, self._base))
        return field

    def _field(self, question: Question) -> Field:
        label = _label(question)
        if question.kind is Kind.CHOICE:
            return AnswerField(question, label)
        if question.kind is Kind.MULTI:
            return ChecksField(question.id, label, [(o.id, o.label) for o in question.options])
        if _is_name(self._national, question):
            return self._name(question, label)
        if question.role is Part.NOTE:
            note = AreaField(question.id, question.label, lines=1)
            note.label.setText(NOTE)
            return note
        alone = question.role is Part.ANSWER and not self._national.parts_of(question)
        return AreaField(question.id, label, lines=LARGE if alone else 1)

    def _name(self, question: Question, label: str) -> Field:
        """Somebody of the care network, or anybody."""
        known = [(name, name) for name in self._people]
        name = PickField(question.id, label, known, free=True)
        self._names[name.edit] = question
        return name

    def _put_contact(self, question: Question) -> None:
        """How somebody of the care network can be reached, where nothing stands yet."""
        reach = self._people.get(self._fields[question.id].raw().strip(), "")
        contact = self._contact_of(question)
        if reach and contact is not None and not contact.raw():
            contact.set_raw(reach)

    def _contact_of(self, name: Question) -> Field | None:
        questions = [q for q in self._national.questions if q.role is Part.ANSWER]
        after = questions[questions.index(name) + 1]
        return self._fields.get(after.id)

    def _said(self) -> dict[str, Answer]:
        made: dict[str, Answer] = {}
        for question in self._national.questions:
            field = self._fields.get(question.id)
            answer = self._answer(question, field) if field is not None else Answer()
            if question.role is Part.PART and self._is_as_before(question, made):
                answer = self._base[question.id]
            if answer != Answer():
                made[question.id] = answer
        return made

    def _answer(self, question: Question, field: Field) -> Answer:
        raw = field.raw()
        split = self._splits[question.id].value() if question.id in self._splits else ()
        if question.kind is Kind.CHOICE:
            return Answer(raw, split=split)
        if question.kind is Kind.MULTI:
            return Answer(ticked=tuple(raw.split("\n")) if raw else (), split=split)
        if raw == self._began.get(question.id):  # a field of one line cannot hold every text
            return self._base.get(question.id, Answer())
        return Answer(raw.strip())

    def _is_as_before(self, part: Question, made: Answers) -> bool:
        if part.id not in self._base or made.get(part.of) != self._base.get(part.of):
            return False
        # Parts that came without their answer are shown as its words: they go when those are wiped.
        field = self._fields.get(part.of)
        return field is None or field.raw() == self._began.get(part.of)


def not_filled(national: PzpForm, answers: Answers) -> str:
    """The questions that are asked and not answered, in one line."""
    rows = pzp.answer_rows(national, answers)
    return ", ".join(f"{row.number} {row.label}" for row in rows if row.state is pzp.State.EMPTY)


def answers_or_none(questions: PzpQuestions) -> dict[str, Answer] | None:
    """The answers, or nothing while one of them cannot be kept."""
    try:
        return questions.answers()
    except BadInput:
        return None


def summary(form: Form) -> Callable[[str, str], None]:
    """The lines at the end of a form that say what stays open and what becomes otherwise."""
    changed, opened = text(""), text("", "muted")
    changed.setAccessibleName("Wat er anders wordt")
    opened.setAccessibleName("Wat niet is ingevuld")
    form.put(changed)
    form.put(opened)

    def tell(changes: str, open_: str) -> None:
        for label, words in ((changed, changes), (opened, open_)):
            label.setText(words)
            label.setVisible(bool(words))

    return tell


def _label(question: Question) -> str:
    return (
        f"{question.number}  {question.label}" if question.role is Part.ANSWER else question.label
    )


def _raw(national: PzpForm, question: Question, base: Answers) -> str:
    answer = base.get(question.id)
    if question.kind is Kind.MULTI:
        return "\n".join(answer.ticked) if answer else ""
    if answer is not None:
        return answer.value
    known = any(part.id in base for part in national.parts_of(question))
    return pzp.answer_in_words(national, question, base) if known and not question.options else ""


def _is_name(national: PzpForm, question: Question) -> bool:
    return any(part.kind is Kind.TEXT for part in national.parts_of(question))


def _stands_alone(question: Question) -> bool:
    return question.kind is Kind.TEXT


def _pairs(questions: list[Question]) -> list[list[Question]]:
    return [questions[i : i + PART_OF_PAIR] for i in range(0, len(questions), PART_OF_PAIR)]
