"""Mantelzorg: who cares, what their screening said over time, and the follow-up until it is done."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLayout, QWidget

from pzdesk import instruments
from pzdesk.domain import instrument as rule
from pzdesk.domain.errors import BadInput
from pzdesk.domain.file import PatientFile
from pzdesk.domain.network import Naaste, NaasteRole
from pzdesk.domain.person import dutch_date
from pzdesk.domain.restricted import NOT_SHOWN, are_answers_hidden
from pzdesk.domain.screening import FollowUp, Screening
from pzdesk.domain.user import Right
from pzdesk.gui.beside import Beside
from pzdesk.gui.choices import PickField
from pzdesk.gui.fields import AreaField, DateField, TextField
from pzdesk.gui.flow import flow
from pzdesk.gui.pages.file.reviews import late_words
from pzdesk.gui.pages.file.screening import screening_form
from pzdesk.gui.pages.file.timeline import instrument_name
from pzdesk.gui.parts import Card, button, column, dated, empty, holder, line, text
from pzdesk.gui.places import file_of
from pzdesk.gui.section import Section
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.theme import theme
from pzdesk.services import case_words, paper_words

FIRST = ("volhoudtijd", "ediz9", "csi")  # what practices use most stands first

BESIDE = 480  # pixels at 100 % that what waits needs beside what can be done about it


class CaregiverSection(Section):
    """What a mantelzorger answers is the mantelzorger's: it stands here, and on no paper unless ticked."""

    key = "mantelzorg"
    title = "Mantelzorg"
    _asked: Mapping[
        str, str
    ] = {}  # the incomplete answers of which was asked whether to keep them so

    @classmethod
    def badge(cls, file: PatientFile) -> str:
        return "vervolg open" if file.open_follow_ups else ""

    def build(self, file: PatientFile) -> None:
        carers = file.naasten_with(NaasteRole.MANTELZORGER)
        if not carers:
            add = button("Mantelzorger toevoegen", self._add, role="primary", keys=keys_of("new"))
            self.body.addWidget(
                empty(
                    "Geen mantelzorger vastgelegd",
                    "Leg vast wie er voor deze persoon zorgt. Daarna kunt u hier screenen op "
                    "overbelasting en het vervolg afspreken.",
                    *([add] if self.may_write else []),
                )
            )
        for naaste in carers:
            self.body.addWidget(self._carer(file, naaste))
        self.body.addStretch(1)

    def begin(self, act: str) -> None:
        file = self.file
        if file is None or not self.may_write:
            return
        if act.startswith("screenen"):
            carers = file.naasten_with(NaasteRole.MANTELZORGER)
            _, number, instrument_id = [*act.split("-"), "", ""][:3]
            naaste = next((n for n in carers if str(n.id) == number), next(iter(carers), None))
            if naaste is not None and self._may_screen:
                known = instrument_id in self._screens()
                self._begin_screening(naaste, instrument_id if known else FIRST[0])
            return
        kind, _, number = act.rpartition("-")
        waiting = next((f for f in file.open_follow_ups if str(f.id) == number), None)
        begin = {
            "vervolg": self._begin_agree,
            "afronden": self._begin_close,
            "niet-nu": self._begin_not_now,
        }.get(kind)
        if waiting is not None and begin is not None:
            begin(waiting)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        acts = dict(super().acts())
        nobody = self.file is not None and not self.file.naasten_with(NaasteRole.MANTELZORGER)
        if self.form is None and self.may_write and nobody:
            acts["new"] = self._add
        return acts

    def _add(self) -> None:
        if self.file is not None:
            self.bench.go(file_of(self.file.patient.id, "netwerk", "mantelzorger"))

    def _carer(self, file: PatientFile, naaste: Naaste) -> Card:
        card = Card(paper_words.naaste_words(naaste))
        waiting = [f for f in file.open_follow_ups if f.naaste_id == naaste.id]
        for number, follow_up in enumerate(waiting):
            if number:
                card.add(line())
            card.add(self._waiting(follow_up))
        mine: dict[str, list[Screening]] = {}
        every = (s for s in file.screenings if s.naaste_id == naaste.id)
        for screening in sorted(every, key=lambda s: (s.on, s.id), reverse=True):
            mine.setdefault(screening.instrument, []).append(screening)
        if not mine:
            card.add(text("Nog niet gescreend.", "muted"))
        for number, screenings in enumerate(mine.values()):
            if number or waiting:
                card.add(line())
            card.add(*_outcomes(screenings))
        if self._may_screen:
            screens = self._screens()
            buttons = []
            for key in (key for key in FIRST if key in screens):
                made = button(
                    f"{screens[key]} invullen", partial(self._begin_screening, naaste, key)
                )
                made.setAccessibleName(f"{screens[key]} invullen: {naaste.name}")
                buttons.append(made)
            card.add(flow(*buttons, gap=theme().px(8)))
        return card

    def _waiting(self, waiting: FollowUp) -> QWidget:
        late = late_words(waiting.due, self.bench.today)
        said = case_words.follow_up_words(waiting, self.file.screenings if self.file else ())
        words = column(
            text(said[:1].upper() + said[1:], "error" if late else "strong", select=True), gap=0
        )
        if late:
            words.addWidget(text(late, "muted"))
        buttons = flow(gap=theme().px(8))
        buttons.likes_one_line = True
        if self.may_write:
            agree = "Vervolg wijzigen" if waiting.what else "Vervolg afspreken"
            for name, act in (
                (agree, self._begin_agree),
                ("Afronden", self._begin_close),
                ("Niet nu", self._begin_not_now),
            ):
                made = button(name, partial(act, waiting))
                made.setAccessibleName(f"{name}: {said}")
                buttons.addWidget(made)
        return Beside(holder(words), holder(buttons), least=BESIDE, shares=(1, 0), gap=8)

    @property
    def _may_screen(self) -> bool:
        """Who records what a mantelzorger answers, sees it too."""
        return self.bench.desk.session.has(Right.CAREGIVER)

    def _screens(self) -> dict[str, str]:
        return {
            key: instrument_name(key)
            for key, made in instruments.load_all().items()
            if made.about == "mantelzorger"
        }

    def _begin_screening(self, naaste: Naaste, instrument_id: str) -> None:
        instrument = instruments.load(instrument_id)
        self._asked = {}
        form = self.new_form(
            f"{instrument.title}: {naaste.name}",
            lambda values: self._screen(naaste, instrument_id, values),
            f"screenen-{naaste.id}-{instrument_id}",
        )
        screening_form(form, instrument, self.bench.today, self.people())
        self.open_form(form)

    def _screen(self, naaste: Naaste, instrument_id: str, values: dict[str, Any]) -> None:
        if self.file is None:
            return
        instrument = instruments.load(instrument_id)
        answers = {
            item.id: values[f"item-{item.id}"]
            for item in instrument.items
            if values[f"item-{item.id}"]
        }
        screenings, patient = self.bench.desk.screenings, self.file.patient.id

        def screen() -> object:
            self._ask_once(instrument, answers)
            return screenings.screen(
                patient,
                naaste.id,
                instrument_id,
                answers,
                on=values["datum"],
                by=values["by"] or "",
                follow_up=values["what"],
                who=values["who"] or "",
                due=values["due"],
            )

        self.record(screen, said=f"Screening van {naaste.name} vastgelegd")

    def _ask_once(self, instrument: rule.Instrument, answers: dict[str, str]) -> None:
        """A screening is kept for good: without a score only when it is saved once more as it stands."""
        missing = rule.score(instrument, answers).missing
        if answers and answers != self._asked and missing:
            self._asked = answers
            raise BadInput(
                f"{len(answers)} van {len(instrument.items)} beantwoord. "
                "Sla nog eens op om het zo vast te leggen.",
                field=f"item-{missing[0]}",
            )

    def _begin_agree(self, waiting: FollowUp) -> None:
        form = self.new_form(
            "Vervolg afspreken",
            lambda values: self._agree(waiting, values),
            f"vervolg-{waiting.id}",
        )
        what = TextField("vervolg", "Wat gebeurt er?", required=True)
        what.set_raw(waiting.what)
        who = PickField("who", "Wie doet dat?", self.people(), free=True, required=True)
        who.set_raw(waiting.who)
        due = DateField("due", "Vóór", self.bench.today, required=True, past=False)
        due.set_value(waiting.due)
        form.row(what)
        form.row(who, due)
        self.open_form(form)

    def _agree(self, waiting: FollowUp, values: dict[str, Any]) -> None:
        screenings = self.bench.desk.screenings
        self.record(
            lambda: screenings.agree_follow_up(
                waiting, what=values["vervolg"], who=values["who"], due=values["due"]
            ),
            said="Vervolg afgesproken",
            undo=lambda kept: screenings.undo_agreement(kept, waiting),
        )

    def _begin_close(self, waiting: FollowUp) -> None:
        form = self.new_form(
            f"Vervolg afronden: {waiting.what or 'nog niet afgesproken'}",
            lambda values: self._close(waiting, values),
            f"afronden-{waiting.id}",
            "Afronden",
        )
        on = DateField("datum", "Gedaan op", self.bench.today, required=True, past=True)
        on.set_value(self.bench.today)
        form.row(on)
        form.row(AreaField("uitkomst", "Wat heeft het opgeleverd?", required=True))
        self.open_form(form)

    def _close(self, waiting: FollowUp, values: dict[str, Any]) -> None:
        screenings = self.bench.desk.screenings
        self.record(
            lambda: screenings.close_follow_up(
                waiting, on=values["datum"], outcome=values["uitkomst"]
            ),
            said="Vervolg afgerond",
            undo=screenings.reopen_follow_up,
        )

    def _begin_not_now(self, waiting: FollowUp) -> None:
        form = self.new_form(
            "Niet nu", lambda values: self._not_now(waiting, values), f"niet-nu-{waiting.id}"
        )
        form.row(
            TextField("reden", "Waarom past dit nu niet?", required=True),
        )
        self.open_form(form)

    def _not_now(self, waiting: FollowUp, values: dict[str, Any]) -> None:
        screenings = self.bench.desk.screenings
        self.record(
            lambda: screenings.not_now(waiting, values["reden"]),
            said="Vervolg opzijgezet",
            undo=screenings.reopen_follow_up,
        )


def _outcomes(screenings: list[Screening]) -> list[QLayout | QWidget]:
    """What one instrument said, the newest on top, and where its cut-off comes from, once."""
    parts: list[QLayout | QWidget] = []
    sources: dict[str, None] = {}
    if are_answers_hidden(screenings[0]):
        name = instrument_name(screenings[0].instrument)
        days = ", ".join(dutch_date(one.on) for one in screenings)
        return [
            text(f"{name[:1].upper()}{name[1:]}", "strong", select=True),
            text(f"Ingevuld op {days}", select=True),
            text(f"{NOT_SHOWN[:1].upper()}{NOT_SHOWN[1:]}.", "muted"),
        ]
    for number, screening in enumerate(screenings):
        title, said, told_by = case_words.outcome(screening)
        sources.update(dict.fromkeys(told_by))
        if not number:
            parts.append(text(f"{title[:1].upper()}{title[1:]}", "strong", select=True))
        by = f" · {screening.by}" if screening.by else ""
        parts.append(dated(screening.on, text(f"{said}{by}", select=True)))
    if sources:
        parts.append(text(f"Bron: {'; '.join(sources)}", "small", select=True))
    return parts
