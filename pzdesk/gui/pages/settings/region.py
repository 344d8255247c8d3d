"""Telefoonnummers: professionals and organisations of the region, typed once, with when they were checked."""

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QResizeEvent
from shiboken6 import isValid

from pzdesk.domain.labels import LABELS, label
from pzdesk.domain.network import Discipline, Organisation, Professional
from pzdesk.domain.person import dutch_date
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Topic
from pzdesk.gui.choices import CheckField, ComboField
from pzdesk.gui.fields import AreaField, DateField, TextField
from pzdesk.gui.flow import flow
from pzdesk.gui.forms import Form
from pzdesk.gui.ordering import order_button
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.parts import button, empty, text
from pzdesk.gui.tables import Cell, Column, ValueTable
from pzdesk.gui.theme import theme
from pzdesk.services.desk import Desk

CHECK_AFTER_DAYS = 180  # numbers change; older than this is shown as long ago

NARROW = 560  # pixels at 100 %
NO_NUMBER = "geen nummer"

Entry = Professional | Organisation
KINDS = [(d.value, LABELS[Discipline][d]) for d in Discipline]


class RegionPart(SettingsPart):
    """One list of both; Enter opens the form of a line."""

    key = "telefoonnummers"
    title = "Telefoonnummers"

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.SEE_WHO)

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._order = ("name", False)
        self._last: tuple[type[Entry], int] | None = None
        self._table: ValueTable[Entry] | None = None
        self._is_narrow = False

    def build(self) -> None:
        professionals, organisations = self.bench.desk.network.region()
        self._organisations = {o.id: o for o in organisations}
        entries: list[Entry] = [*organisations, *professionals]
        may = self.bench.desk.session.has(Right.EDIT_REGION)
        new = [
            button("Zorgverlener toevoegen", lambda: self._begin(None)),
            button("Organisatie toevoegen", lambda: self._begin_organisation(None)),
        ]
        if not entries:
            self.body.addWidget(
                empty(
                    "Nog geen telefoonnummers",
                    "Hier staan de zorgverleners en organisaties van uw regio, één keer getypt en overal "
                    "te kiezen, met nummers voor overdag en ’s nachts.",
                    *(new if may else []),
                )
            )
            self.body.addStretch(1)
            return
        table = ValueTable[Entry](self._columns(), "Telefoonnummers van de regio", hugs=True)
        table.setMinimumHeight(theme().px(200))
        table.sort_by(self._order[0], down=self._order[1])
        table.ordered.connect(lambda: self._keep_order(table))
        self._table = table
        self.body.addLayout(flow(*(new if may else ()), order_button(table)))
        if may:
            table.opened.connect(self._open)
        table.show_rows(entries)
        for number, entry in enumerate(table.values.rows):
            if (type(entry), entry.id) == self._last:
                table.go_to(number)
        self.body.addWidget(table, 100)
        self.body.addWidget(text("Enter wijzigt een regel." if may else "", "small"))
        self.body.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        is_narrow = event.size().width() < theme().px(NARROW)
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            if self._table is not None and isValid(self._table):
                here = max(self._table.currentIndex().row(), 0)
                self._table.show_columns(self._columns())
                self._table.go_to(here)

    def _columns(self) -> list[Column[Entry]]:
        """Every column; where they are too narrow for their words, both numbers in one and no note."""
        name: Column[Entry] = Column(
            "name", "Naam", self._name, lambda e: e.name.casefold(), 24, 126
        )
        checked: Column[Entry] = Column(
            "checked", "Gecontroleerd op", self._checked, lambda e: e.checked_on, 8, 104
        )
        if self._is_narrow:
            return [
                name,
                Column("day", "Te bellen", _numbers, None, 14, 110),
                replace(checked, title="Controle"),
            ]
        return [
            name,
            Column("day", "Overdag", lambda e: Cell(e.phone_day or NO_NUMBER), None, 8, 102),
            Column("night", "’s Nachts", lambda e: Cell(e.phone_night or NO_NUMBER), None, 8, 102),
            Column("note", "Opmerking", lambda e: Cell(e.note), None, 18, 112),
            checked,
        ]

    def _name(self, entry: Entry) -> Cell:
        if isinstance(entry, Organisation):
            return Cell(entry.name, label(entry.kind), is_strong=True)
        works = self._organisations.get(entry.organisation_id or 0)
        second = ", ".join(
            part
            for part in (
                label(entry.discipline),
                works.name if works else "",
                "kernteam" if entry.kernteam else "",
            )
            if part
        )
        return Cell(entry.name, second, is_strong=True)

    def _checked(self, entry: Entry) -> Cell:
        if entry.checked_on is None:
            return Cell("nog niet")
        old = (self.bench.today - entry.checked_on).days > CHECK_AFTER_DAYS
        return Cell(dutch_date(entry.checked_on), "lang geleden" if old else "")

    def _keep_order(self, table: ValueTable[Entry]) -> None:
        self._order = table.order or self._order

    def _open(self, entry: Entry) -> None:
        self._last = type(entry), entry.id
        if isinstance(entry, Organisation):
            self._begin_organisation(entry)
        else:
            self._begin(entry)

    def begin(self, act: str) -> None:
        kind, number = act[:1], act[1:]
        if not number.isdecimal() or not self.bench.desk.session.has(Right.EDIT_REGION):
            return
        professionals, organisations = self.bench.desk.network.region()
        if kind == "z":
            self._begin(next((one for one in professionals if one.id == int(number)), None))
        elif kind == "o":
            found = next((one for one in organisations if one.id == int(number)), None)
            self._begin_organisation(found)

    def _begin(self, who: Professional | None) -> None:
        form = self.new_form(
            "Zorgverlener", lambda values: self._save(who, values), f"z{who.id if who else 0}"
        )
        before = who or Professional(name="", discipline=Discipline.HUISARTS)
        name = _text("naam", "Naam", before.name, required=True)
        kind = ComboField("discipline", "Discipline", KINDS, required=True)
        if who is not None:
            form.of_version(who.version)
            kind.set_raw(who.discipline.value)
        works = ComboField(
            "organisation",
            "Organisatie",
            [(str(o.id), o.name) for o in self._organisations.values()],
            nothing="geen",
        )
        works.set_raw(str(before.organisation_id or ""))
        form.row(name, kind, works)
        self._numbers(form, before)
        form.row(
            _text("email", "E-mail", before.email),
            CheckField("kernteam", "Hoort bij het kernteam", ticked=before.kernteam),
        )
        self._rest(form, before)

    def _begin_organisation(self, organisation: Organisation | None) -> None:
        form = self.new_form(
            "Organisatie",
            lambda values: self._save_organisation(organisation, values),
            f"o{organisation.id if organisation else 0}",
        )
        before = organisation or Organisation(name="")
        kind = ComboField("discipline", "Soort", KINDS, required=True)
        if organisation is not None:
            form.of_version(organisation.version)
            kind.set_raw(organisation.kind.value)
        form.row(_text("naam", "Naam", before.name, required=True), kind)
        self._numbers(form, before)
        self._rest(form, before)

    def _numbers(self, form: Form, before: Entry) -> None:
        form.row(
            _text("phone_day", "Telefoon overdag", before.phone_day),
            _text("phone_night", "Telefoon ’s nachts", before.phone_night),
        )

    def _rest(self, form: Form, before: Entry) -> None:
        checked = DateField(
            "checked_on",
            "Gecontroleerd op",
            self.bench.today,
            past=True,
            help_="t is vandaag",
        )
        checked.set_value(before.checked_on)
        note = AreaField("note", "Opmerking", lines=2)
        note.set_raw(before.note)
        form.row(checked, note, shares=(1, 2))
        self.open_form(form)

    def _save(self, who: Professional | None, values: dict[str, Any]) -> None:
        before = who or Professional(name="", discipline=Discipline.OTHER)
        after = replace(
            before,
            name=values["naam"],
            discipline=Discipline(values["discipline"]),
            organisation_id=int(values["organisation"]) if values["organisation"] else None,
            email=values["email"],
            kernteam=values["kernteam"],
            **_shared(values),
        )
        service = self.bench.desk.network

        def put_back(kept: Professional) -> object:
            return service.keep_professional(replace(before, version=kept.version))

        self.record(
            lambda: service.keep_professional(after),
            said=f"Bewaard: {after.name}",
            topic=Topic.NETWORK,
            undo=put_back if who is not None else service.withdraw_from_region,
        )

    def _save_organisation(self, was: Organisation | None, values: dict[str, Any]) -> None:
        before = was or Organisation(name="")
        after = replace(
            before,
            name=values["naam"],
            kind=Discipline(values["discipline"]),
            **_shared(values),
        )
        service = self.bench.desk.network

        def put_back(kept: Organisation) -> object:
            return service.keep_organisation(replace(before, version=kept.version))

        self.record(
            lambda: service.keep_organisation(after),
            said=f"Bewaard: {after.name}",
            topic=Topic.NETWORK,
            undo=put_back if was is not None else service.withdraw_from_region,
        )


def _numbers(entry: Entry) -> Cell:
    """By day, and beneath it at night."""
    night = f"’s nachts {entry.phone_night}" if entry.phone_night else ""
    return Cell(entry.phone_day or NO_NUMBER, night)


def _text(key: str, words: str, value: str, *, required: bool = False) -> TextField:
    field = TextField(key, words, required=required)
    field.set_raw(value)
    return field


def _shared(values: dict[str, Any]) -> dict[str, Any]:
    return {key: values[key] for key in ("phone_day", "phone_night", "checked_on", "note")}
