"""Reviews en medicatie: the moments to look back, planned, held or dropped."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import LABELS, label
from pzdesk.domain.person import dutch_date
from pzdesk.domain.review import Review, ReviewKind, is_open
from pzdesk.gui.choices import ChoiceField, ComboField, PickField
from pzdesk.gui.fields import AreaField, DateField, TextField
from pzdesk.gui.parts import Card, button, column, dated, empty, line, row, text
from pzdesk.gui.section import Section
from pzdesk.gui.shortcuts import keys_of
from pzdesk.services.reviews import BY_HAND

# The reasons that are met most; any other is typed.
REASONS = (
    ("patiënt wil dit niet", "patiënt wil dit niet"),
    ("niet meer van toepassing", "niet meer van toepassing"),
    ("staat al in het HIS", "staat al in het HIS"),
    ("anders", "anders, namelijk"),
)


class ReviewsSection(Section):
    """Open moments first, soonest on top; what was held or dropped beneath."""

    key = "reviews"
    title = "Reviews, medicatie"
    new_act = "plannen"

    @classmethod
    def badge(cls, file: PatientFile) -> str:
        return str(len(file.open_reviews)) if file.open_reviews else ""

    def build(self, file: PatientFile) -> None:
        plan = button("Reviewmoment plannen", self._begin_plan, keys=keys_of("new"))
        if not file.reviews:
            self.body.addWidget(
                empty(
                    "Nog geen reviewmomenten",
                    "Bij het markeren plant pzdesk het PZP-gesprek, het meedenkmoment van de PZVP en de "
                    "medicatiereview. U kunt er zelf een plannen.",
                    *([plan] if self.may_write else []),
                )
            )
            self.body.addStretch(1)
            return
        if self.may_write:
            self.body.addLayout(row(plan, None))
        waiting = Card("Nog te doen")
        if not file.open_reviews:
            waiting.add(text("Er staat niets open.", "muted"))
        for number, review in enumerate(file.open_reviews):
            if number:
                waiting.add(line())
            waiting.add(self._open(review))
        self.body.addWidget(waiting)
        done = [review for review in file.reviews if not is_open(review)]
        if done:
            self.body.addWidget(_done_card(done))
        self.body.addStretch(1)

    def begin(self, act: str) -> None:
        if not self.may_write or self.file is None:
            return
        if act == "plannen":
            self._begin_plan()
        kind, _, number = act.partition("-")
        review = next((r for r in self.file.open_reviews if str(r.id) == number), None)
        if review is not None and kind == "afronden":
            self._begin_hold(review)
        elif review is not None and kind == "vervallen":
            self._begin_drop(review)

    def _open(self, review: Review) -> QHBoxLayout:
        words = column(text(sentence(review_words(review)), "strong", select=True), gap=0)
        if review.because:
            by_rules = "" if review.because == BY_HAND else "door de regels: "
            words.addWidget(text(f"{by_rules}{review.because}", "muted", select=True))
        late = late_words(review.due, self.bench.today)
        when = column(text(f"vóór {dutch_date(review.due)}", "error" if late else ""), gap=0)
        if late:
            when.addWidget(text(late, "muted"))
        parts = row(words, when, gap=12)
        parts.setStretch(0, 3)
        parts.setStretch(1, 2)
        if self.may_write:
            for name, act in (("Afronden", self._begin_hold), ("Vervalt", self._begin_drop)):
                made = button(name, partial(act, review))
                made.setAccessibleName(f"{name}: {review_words(review)}")
                parts.addWidget(made)
        return parts

    def _begin_plan(self) -> None:
        form = self.new_form("Reviewmoment plannen", self._plan, "plannen")
        form.row(
            ComboField(
                "kind",
                "Wat",
                [(k.value, LABELS[ReviewKind][k]) for k in ReviewKind],
                required=True,
            ),
            DateField("due", "Vóór", self.bench.today, required=True, past=False),
            shares=(2, 1),
        )
        form.row(TextField("subject", "Onderwerp (mag leeg blijven)"))
        self.open_form(form)

    def _plan(self, values: dict[str, Any]) -> None:
        if self.file is None:
            return
        reviews, patient = self.bench.desk.reviews, self.file.patient.id
        self.record(
            lambda: reviews.plan(
                patient, ReviewKind(values["kind"]), due=values["due"], subject=values["subject"]
            ),
            said="Reviewmoment gepland",
            undo=reviews.withdraw,
        )

    def _begin_hold(self, review: Review) -> None:
        form = self.new_form(
            f"Afronden: {review_words(review)}",
            lambda values: self._hold(review, values),
            f"afronden-{review.id}",
            "Afronden",
        )
        on = DateField("datum", "Gedaan op", self.bench.today, required=True, past=True)
        on.set_value(self.bench.today)
        by = PickField("by", "Door", self.people(), free=True)
        by.set_value(self.bench.desk.session.user.name)
        form.row(on, by)
        form.row(
            AreaField(
                "uitkomst",
                "Uitkomst",
                required=True,
                help_="Ook goed: “staat in het HIS, bijgewerkt op …”.",
            )
        )
        self.open_form(form)

    def _hold(self, review: Review, values: dict[str, Any]) -> None:
        reviews = self.bench.desk.reviews
        self.record(
            lambda: reviews.hold(
                review, on=values["datum"], by=values["by"] or "", outcome=values["uitkomst"]
            ),
            said=f"Afgerond: {review_words(review)}",
            undo=reviews.reopen,
        )

    def _begin_drop(self, review: Review) -> None:
        form = self.new_form(
            f"Vervalt: {review_words(review)}",
            lambda values: self._drop(review, values),
            f"vervallen-{review.id}",
            "Laten vervallen",
        )
        why = ChoiceField("why", "Waarom vervalt dit moment?", REASONS, required=True)
        other = TextField("reden", "Reden", required=True)
        form.row(why)
        form.row(other)
        why.changed.connect(lambda: other.setVisible(why.value() == "anders"))
        self.open_form(form)
        other.setVisible(why.value() == "anders")

    def _drop(self, review: Review, values: dict[str, Any]) -> None:
        reviews = self.bench.desk.reviews
        reason = values.get("reden") or values["why"]
        self.record(
            lambda: reviews.drop(review, reason),
            said=f"Vervallen: {review_words(review)}",
            undo=reviews.reopen,
        )


def review_words(review: Review) -> str:
    """What a review moment is called, with its subject."""
    return f"{label(review.kind)}{f': {review.subject}' if review.subject else ''}"


def sentence(words: str) -> str:
    """Words that begin with a capital."""
    return f"{words[:1].upper()}{words[1:]}"


def late_words(due: date, today: date) -> str:
    """How late something is, in words; nothing when it is not."""
    days = (today - due).days
    if days <= 0:
        return ""
    return "sinds gisteren te laat" if days == 1 else f"{days} dagen te laat"


def _done_card(done: list[Review]) -> Card:
    card = Card("Gedaan of vervallen")
    every = sorted(done, key=lambda r: (r.done_on or r.due, r.id), reverse=True)
    for number, review in enumerate(every):
        if number:
            card.add(line())
        if review.done_on is not None:
            by = f" door {review.by}" if review.by else ""
            said, note = review.outcome, by
        else:
            said, note = review.dropped, ", vervallen"
        name = f"{sentence(review_words(review))}{note}"
        words = column(text(name, "strong", select=True), text(said, select=True), gap=0)
        card.add(dated(review.done_on or review.due, words))
    return card
