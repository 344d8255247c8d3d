"""Vier dimensies: the course and the latest finding of each, and a new assessment."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pzdesk.domain.assessment import Assessment, Dimension, Direction, Finding, Symptom, Weight
from pzdesk.domain.course import Reading
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import LABELS, label
from pzdesk.domain.person import dutch_date
from pzdesk.gui.choices import ChoiceField, PickField
from pzdesk.gui.course import CourseView
from pzdesk.gui.fields import AreaField, DateField, NumberField, TextField
from pzdesk.gui.pages.file.header_words import short_day
from pzdesk.gui.parts import Card, button, column, dated, empty, holder, line, row, text
from pzdesk.gui.section import Section
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.theme import theme
from pzdesk.services import paper_words

WEIGHTS = [(w.value, LABELS[Weight][w]) for w in Weight]
DIRECTIONS = [(d.value, LABELS[Direction][d]) for d in Direction]
# What patients score most often themselves; the names are ordinary words, no instrument.
SYMPTOMS = ("pijn", "benauwdheid", "moeheid", "misselijkheid", "angst", "somberheid")
NARROW = 470  # below this the finding stands under its course
MOST_EARLIER = 3
COURSE_WIDTH = 100
HOW_TO_MEND = (
    "Een beoordeling blijft zoals zij is vastgelegd. Klopt er iets niet, leg dan een nieuwe vast met "
    "dezelfde datum: wat daarin staat, gaat voor."
)


class DimensionsSection(Section):
    """An assessment is added, never edited; what was not looked at stays "niet beoordeeld"."""

    key = "dimensies"
    title = "Vier dimensies"
    new_act = "beoordelen"

    def build(self, file: PatientFile) -> None:
        new = button("Nieuwe beoordeling", self._begin, role="primary", keys=keys_of("new"))
        if not file.assessments:
            self.body.addWidget(
                empty(
                    "Nog niet beoordeeld",
                    "Hier komt per dimensie te staan wat is gevonden, hoe zwaar het weegt, waar het heen "
                    "gaat en wat eraan wordt gedaan.",
                    *([new] if self.may_write else []),
                )
            )
            self.body.addStretch(1)
            return
        if self.may_write:
            self.body.addLayout(row(new, None))
        self.body.addWidget(latest_card(file, self.bench.today))
        self.body.addWidget(self._history(file))
        self.body.addStretch(1)

    def begin(self, act: str) -> None:
        if act == "beoordelen" and self.may_write:
            self._begin()

    def _history(self, file: PatientFile) -> Card:
        card = Card("Alle beoordelingen")
        if self.may_write:
            card.add(text(HOW_TO_MEND, "small"))
        every = sorted(file.assessments, key=lambda a: (a.on, a.id), reverse=True)
        for number, made in enumerate(every):
            parts = [text(made.by or "door wie is niet vastgelegd", "strong", select=True)]
            for found in made.findings:
                said = [label(found.weight) if found.weight else "niet gewogen"]
                said += [label(found.direction)] if found.direction else []
                said += [f"volgens {found.according_to}"] if found.according_to else []
                words = f"{label(found.dimension)}: {', '.join(said)}"
                more = [part for part in (found.text, found.plan and f"Plan: {found.plan}") if part]
                parts.append(text(". ".join([words, *more]), select=True))
            if made.symptoms:
                scores = ", ".join(f"{s.name} {s.score}" for s in made.symptoms)
                parts.append(text(f"Eigen cijfers (0 tot 10): {scores}", select=True))
            for words, said_ in (("Begrijpen", made.understanding), ("Beslissen", made.deciding)):
                if said_:
                    parts.append(text(f"{words}: {said_}", select=True))
            if number:
                card.add(line())
            card.add(dated(made.on, column(*parts, gap=2)))
        return card

    def _begin(self) -> None:
        file = self.file
        if file is None:
            return
        before = last_findings(file)
        form = self.new_form("Nieuwe beoordeling", self._save, "beoordelen")
        on = DateField("datum", "Datum", self.bench.today, required=True, past=True)
        on.set_value(self.bench.today)
        by = PickField("by", "Door", self.people(), free=True)
        by.set_value(self.bench.desk.session.user.name)
        form.row(on, by)
        for dimension in Dimension:
            form.part(label(dimension))
            was, key = before.get(dimension), dimension.value
            weight = ChoiceField(f"{key}-weight", "Hoe zwaar weegt het?", WEIGHTS)
            whose = TextField(f"{key}-according_to", "Volgens wie")
            said = AreaField(f"{key}-text", "Bevinding", lines=2)
            plan = AreaField(f"{key}-plan", "Wat eraan wordt gedaan", lines=2)
            if was is not None:
                form.put(text(f"Vorige keer: {_finding_words(was)}", "small"))
                direction = ChoiceField(f"{key}-direction", "Sinds de vorige keer", DIRECTIONS)
                direction.is_about(label(dimension))
                form.row(weight, direction, shares=(5, 4))
            else:
                form.row(weight)
            form.row(whose, said, plan, shares=(2, 3, 3))
            for field in (weight, whose, said, plan):
                field.is_about(label(dimension))
        form.part("Cijfers die de patiënt zelf geeft, van 0 (geen) tot 10 (ergst)")
        names = symptom_names(file)
        fields = [
            NumberField(f"cijfer-{name}", f"{name[:1].upper()}{name[1:]}", 0, 10) for name in names
        ]
        for start in range(0, len(fields), 4):
            form.row(*fields[start : start + 4])
        form.row(
            TextField("ander", "Een andere klacht"),
            NumberField("ander-cijfer", "Cijfer", 0, 10),
            shares=(3, 1),
        )
        form.part("Begrijpen en beslissen")
        form.row(
            AreaField(
                "understanding", "Begrijpen (taal, cultuur, gezondheidsvaardigheden)", lines=2
            ),
            AreaField("deciding", "Beslissen (wilsbekwaamheid, wie beslist mee)", lines=2),
        )
        self.open_form(form)

    def _save(self, values: dict[str, Any]) -> None:
        if self.file is None:
            return
        session = self.bench.desk.session
        names = symptom_names(self.file)
        scores = [(name, values[f"cijfer-{name}"]) for name in names]
        scores.append((values["ander"], values["ander-cijfer"]))
        made = Assessment(
            patient_id=self.file.patient.id,
            on=values["datum"],
            by=values["by"] or "",
            findings=tuple(found for d in Dimension if (found := _finding(d, values)) is not None),
            symptoms=tuple(
                Symptom(name=name, score=score)
                for name, score in scores
                if name and score is not None
            ),
            understanding=values["understanding"],
            deciding=values["deciding"],
            recorded_at=session.now,
            recorded_by=session.user.id,
        )
        self.record(lambda: self.bench.desk.assessments.assess(made), said="Beoordeling vastgelegd")


def latest_card(file: PatientFile, today: date, *, is_narrow: bool = False) -> Card:
    """The four dimensions: course, word, direction, finding and plan; in a narrow place under each other."""
    return DimensionsCard(file, today, is_narrow=is_narrow)


class DimensionsCard(Card):
    """A line per dimension; where the card is narrow the finding stands beneath its course."""

    def __init__(self, file: PatientFile, today: date, *, is_narrow: bool = False) -> None:
        self._made = _made_words(file, today)
        super().__init__("Vier dimensies", self._made)
        self._is_narrow: bool | None = None
        self._always_narrow = is_narrow
        px = theme().px
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(6))
        self.add(self.grid)
        seen = paper_words.dimensions(file, today)
        # Name, course, word with direction, and finding with plan.
        self._lines: list[tuple[QWidget, QWidget | None, QWidget | None, QWidget | None]] = []
        for found in seen.lines:
            name = text(found.name, "strong", wrap=False)
            view = None
            if found.readings:
                said = course_words(found.name, found.readings)
                view = CourseView(found.readings, said, since=seen.since, until=seen.until)
            weighed = _weighed(found.word, found.direction)
            finding = _finding_part(found.finding, found.according_to, found.plan)
            self._lines.append((name, view, weighed, finding))
        self._rules = [line() for _ in self._lines]
        if not seen.lines:
            self.add(text(seen.empty, "muted"))
        elif any(found.readings for found in seen.lines):
            since, until = dutch_date(seen.since), dutch_date(seen.until)
            period = f"Verloop van {since} tot {until}" if since != until else f"Stand van {until}"
            self.add(text(f"{period}; onder is geen, boven is ernstig.", "small"))
        self._place(is_narrow=True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._place(is_narrow=self._always_narrow or self.width() < theme().px(NARROW))

    def _place(self, *, is_narrow: bool) -> None:
        if self._is_narrow is is_narrow:
            return
        self._is_narrow = is_narrow
        while self.grid.takeAt(0) is not None:
            pass
        self.grid.setColumnMinimumWidth(1, theme().px(COURSE_WIDTH))
        top = Qt.AlignmentFlag.AlignTop
        columns = 3 if is_narrow else 4
        for number, (name, view, words, finding) in enumerate(self._lines):
            at = number * 3
            self.grid.addWidget(self._rules[number], at, 0, 1, columns)
            if view is None and words is None and finding is not None:  # a name and a line
                self.grid.addWidget(name, at + 1, 0, top)
                self.grid.addWidget(finding, at + 1, 1, 1, columns - 1, top)
                continue
            self.grid.addWidget(name, at + 1, 0, top)
            if view is not None:
                self.grid.addWidget(view, at + 1, 1, top)
            if words is not None:
                self.grid.addWidget(words, at + 1, 2, top)
            if finding is not None and is_narrow:
                self.grid.addWidget(finding, at + 2, 0, 1, columns)
            elif finding is not None:
                self.grid.addWidget(finding, at + 1, 3, top)
        for column_, share in enumerate((0, 1, 1, 0) if is_narrow else (0, 1, 0, 3)):
            self.grid.setColumnStretch(column_, share)
        self.aside.setText(self._made.partition(" · ")[0] if is_narrow else self._made)


def _weighed(word: str, direction: str) -> QWidget | None:
    if not word and not direction:
        return None
    lines = [text(word, "strong", wrap=False)]
    if direction:
        lines.append(text(direction, "muted", wrap=False))
    return holder(column(*lines, gap=0))


def _finding_part(said: str, according_to: str, plan: str) -> QWidget | None:
    told = [said, f"volgens {according_to}" if according_to else ""]
    words = " · ".join(part for part in told if part)
    if not words and not plan:
        return None
    finding = column(gap=1)
    if words:
        finding.addWidget(text(words, select=True))
    if plan:
        finding.addWidget(text(f"Plan: {plan}", "muted", select=True))
    return holder(finding)


def _made_words(file: PatientFile, today: date) -> str:
    """When it was assessed last and by whom, and the times before."""
    made = sorted((a for a in file.assessments if a.on <= today), key=lambda a: (a.on, a.id))
    if not made:
        return ""
    last = made[-1]
    by = f" door {last.by}" if last.by else ""
    days = dict.fromkeys(short_day(a.on, today) for a in reversed(made[:-1]))
    earlier = ", ".join(list(days)[:MOST_EARLIER])
    return f"{short_day(last.on, today)}{by}{f' · eerder {earlier}' if earlier else ''}"


def course_words(name: str, readings: tuple[Reading, ...]) -> str:
    """A course in words, for who does not see the picture."""
    weights = list(Weight)
    said = ", ".join(f"{dutch_date(r.on)} {label(weights[r.level])}" for r in readings)
    return f"Verloop {name.lower()}: {said}"


def last_findings(file: PatientFile) -> dict[Dimension, Finding]:
    """What was found last on each dimension."""
    found: dict[Dimension, Finding] = {}
    for made in sorted(file.assessments, key=lambda a: (a.on, a.id)):
        found.update({finding.dimension: finding for finding in made.findings})
    return found


def symptom_names(file: PatientFile) -> tuple[str, ...]:
    """The complaints to ask a figure for: what this patient scored before, then the usual ones."""
    scored = [s.name for made in file.assessments for s in made.symptoms]
    return tuple(dict.fromkeys((*scored, *SYMPTOMS)))


def _finding(dimension: Dimension, values: dict[str, Any]) -> Finding | None:
    key = dimension.value
    weight, direction = values[f"{key}-weight"], values.get(f"{key}-direction")
    told, plan = values[f"{key}-text"], values[f"{key}-plan"]
    if not any((weight, direction, told, plan)):
        return None
    return Finding(
        dimension=dimension,
        weight=Weight(weight) if weight else None,
        direction=Direction(direction) if direction else None,
        according_to=values[f"{key}-according_to"],
        text=told,
        plan=plan,
    )


def _finding_words(found: Finding) -> str:
    said = [label(found.weight) if found.weight else "niet gewogen"]
    said += [label(found.direction)] if found.direction else []
    return f"{', '.join(said)}{f' · {found.text}' if found.text else ''}"
