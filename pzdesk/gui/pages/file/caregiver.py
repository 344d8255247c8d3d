"""Mantelzorg: who cares, what their screening said over time, and the follow-up until it is done."""

from typing import Any

from pzdesk import instruments
from pzdesk.domain.file import PatientFile
from pzdesk.domain.network import Naaste, NaasteRole
from pzdesk.domain.person import dutch_date
from pzdesk.domain.screening import FollowUp
from pzdesk.gui.choices import PickField
from pzdesk.gui.fields import AreaField, DateField, TextField
from pzdesk.gui.pages.file.reviews import late_words
from pzdesk.gui.pages.file.screening import screening_form
from pzdesk.gui.parts import Card, button, column, empty, line, row, text
from pzdesk.gui.places import file_of
from pzdesk.gui.section import Section
from pzdesk.services import case_words, paper_words

FIRST = ("volhoudtijd", "ediz9", "csi")  # what practices use most stands first


class CaregiverSection(Section):
    """What a mantelzorger answers is the mantelzorger's: it stands here, and on no paper unless ticked."""

    key = "mantelzorg"
    title = "Mantelzorg"

    @classmethod
    def badge(cls, file: PatientFile) -> str:
        return "vervolg open" if file.open_follow_ups else ""

    def build(self, file: PatientFile) -> None:
        carers = file.naasten_with(NaasteRole.MANTELZORGER)
        if not carers:
            add = button(
                "Naaste toevoegen",
                lambda: self.bench.go(file_of(file.patient.id, "netwerk", "naaste")),
                role="primary",
            )
            self.body.addWidget(
                empty(
                    "Geen mantelzorger vastgelegd",
                    "Leg bij Zorgnetwerk een naaste vast met de rol mantelzorger. Daarna kunt u hier "
                    "screenen op overbelasting en het vervolg afspreken.",
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
        kind, _, number = act.partition("-")
        waiting = next((f for f in file.open_follow_ups if str(f.id) == number), None)
        carers = file.naasten_with(NaasteRole.MANTELZORGER)
        if kind == "screenen" and carers:
            naaste = next((n for n in carers if str(n.id) == number), carers[0])
            self._begin_screening(naaste, "volhoudtijd")
        elif kind == "vervolg" and waiting is not None:
            self._begin_agree(waiting)
        elif kind == "afronden" and waiting is not None:
            self._begin_close(waiting)

    def _carer(self, file: PatientFile, naaste: Naaste) -> Card:
        card = Card(paper_words.naaste_words(naaste))
        mine = sorted(
            (s for s in file.screenings if s.naaste_id == naaste.id),
            key=lambda s: (s.on, s.id),
            reverse=True,
        )
        if not mine:
            card.add(text("Nog niet gescreend.", "muted"))
        for screening in mine:
            said = case_words.screening_outcome(screening)
            words = column(text(said[:1].upper() + said[1:], select=True), gap=0)
            day = text(dutch_date(screening.on), "muted", wrap=False)
            parts = row(day, words, gap=12)
            parts.setStretch(1, 1)
            card.add(parts)
        for waiting in (f for f in file.open_follow_ups if f.naaste_id == naaste.id):
            card.add(line(), self._waiting(waiting))
        if self.may_write:
            known = [key for key in FIRST if key in self._screens()]
            buttons = [
                button(
                    f"{self._screens()[key]} invullen",
                    lambda key=key: self._begin_screening(naaste, key),  # type: ignore[misc]
                )
                for key in known
            ]
            card.add(row(*buttons, None))
        return card

    def _waiting(self, waiting: FollowUp) -> Any:
        late = late_words(waiting.due, self.bench.today)
        said = case_words.follow_up_words(waiting)
        words = column(
            text(said[:1].upper() + said[1:], "error" if late else "strong", select=True),
            text(late, "small"),
            gap=0,
        )
        parts = row(words, gap=8)
        parts.setStretch(0, 1)
        if self.may_write:
            parts.addWidget(button("Vervolg afspreken", lambda: self._begin_agree(waiting)))
            parts.addWidget(button("Afronden", lambda: self._begin_close(waiting)))
            parts.addWidget(button("Niet nu", lambda: self._begin_not_now(waiting)))
        return parts

    def _screens(self) -> dict[str, str]:
        return {
            key: made.title.partition(",")[0]
            for key, made in instruments.load_all().items()
            if made.about == "mantelzorger"
        }

    def _begin_screening(self, naaste: Naaste, instrument_id: str) -> None:
        instrument = instruments.load(instrument_id)
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
        self.record(
            lambda: screenings.screen(
                patient,
                naaste.id,
                instrument_id,
                answers,
                on=values["datum"],
                by=values["by"] or "",
                follow_up=values["what"],
                who=values["who"] or "",
                due=values["due"],
            ),
            said=f"Screening van {naaste.name} vastgelegd",
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
        self.record(
            lambda: self.bench.desk.screenings.agree_follow_up(
                waiting, what=values["vervolg"], who=values["who"], due=values["due"]
            ),
            said="Vervolg afgesproken",
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
