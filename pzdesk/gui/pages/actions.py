"""Acties: everything that was agreed and is not done yet, over all patients."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from pzdesk.domain.action import Action
from pzdesk.domain.person import dutch_date, folded, short
from pzdesk.domain.user import Right
from pzdesk.gui.bench import Bench
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.choices import PickField
from pzdesk.gui.fields import AreaField, DateField, TextField, focus_soon
from pzdesk.gui.forms import Form
from pzdesk.gui.head import head
from pzdesk.gui.ordering import order_button
from pzdesk.gui.page import Page
from pzdesk.gui.parts import button, column, empty, holder, scroll, text
from pzdesk.gui.people import choose_person
from pzdesk.gui.places import Place, file_of
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.tables import Cell, Column, ValueTable
from pzdesk.services.desk import Desk

MINE_OR_ALL = "acties-alle"
Read = tuple[list[Action], list[Action], dict[int, str]]
"""Mine, everybody's, and the names of the patients they are about."""


class ActionsPage(Page):
    """The list, with a form beside nothing: a new action or the outcome of one comes above it."""

    key = "acties"
    title = "Acties"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self._names: dict[int, str] = {}
        self._everybody = bool(bench.desk.preferences.remembered(MINE_OR_ALL, False))  # noqa: FBT003
        self._goes_to: Place | None = None
        self._group = QButtonGroup(self)
        self.heading = text(self.title, "title", wrap=False)
        self.mine = self._toggle("Mijn acties", everybody=False)
        self.all = self._toggle("Alle acties", everybody=True)
        self.new = button("Nieuwe actie", self.begin_new, keys=keys_of("new", self.key))
        self.form_place = column()
        self.form: Form | None = None
        self._closing: Action | None = None
        self.table = ValueTable[Action](self._columns(), "Open acties", hugs=True)
        self.table.sort_by("due")
        self.table.opened.connect(self.begin_close)
        self.none = empty(
            "Er staan geen acties open",
            "Wat in een overleg of in een dossier wordt afgesproken, komt hier te staan tot het is gedaan.",
        )
        self.nothing_mine = empty(
            "Er staat geen actie op uw naam open",
            "Onder “Alle acties” staat wat anderen doen.",
            button("Alle acties", lambda: self._use(everybody=True)),
        )
        self.order = order_button(self.table)
        around = column(
            head(self.heading, self.mine, self.all, self.order, self.new),
            self.form_place,
            self.table,
            self.nothing_mine,
            self.none,
            None,
            gap=12,
        )
        around.setStretch(2, 100)
        self.body.addWidget(scroll(holder(around, "ground")))  # for where a form leaves no room

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.ACTIONS)

    def show_place(self, place: Place) -> None:
        self._goes_to = place
        super().show_place(place)
        if place.act == "new":
            self.begin_new()

    def reload(self) -> None:
        self.bench.read("Acties lezen", self._read, done=self._show)

    def _read(self) -> Read:
        desk = self.bench.desk
        mine, everybody = desk.actions.both()
        about = {action.patient_id for action in everybody if action.patient_id is not None}
        people = desk.patients.people(about).values() if about else ()
        return mine, everybody, {int(one.id): short(one.name, one.sex) for one in people}

    def _show(self, read: Read) -> None:
        mine, everybody, self._names = read
        place, self._goes_to = self._goes_to, None
        self.bench.counted.emit(self.key, len(mine))
        mine_ids = {action.id for action in mine}
        asked = place and (place.item or _number(place.act))
        if asked and asked not in mine_ids:
            self._everybody = True  # for now: what was searched is not hidden
        self.mine.setText(f"Mijn acties {len(mine)}")
        self.all.setText(f"Alle acties {len(everybody)}")
        (self.all if self._everybody else self.mine).setChecked(True)
        shown = everybody if self._everybody else mine
        self.table.show_rows(shown, same=lambda action: action.id)
        self.table.setVisible(bool(shown))
        self.order.setVisible(len(shown) > 1)
        self.none.setVisible(not everybody)
        self.nothing_mine.setVisible(bool(everybody) and not shown)
        for number, action in enumerate(self.table.values.rows if place else ()):
            if place and place.item == action.id:
                self.table.go_to(number)
            if place and place.act == f"afronden-{action.id}":
                self.begin_close(action)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        save = {"save": self.form.try_save} if self.form is not None else {}
        return {"new": self.begin_new, **save}

    def begin_at(self) -> QWidget | None:
        return self.table if self.table.values.rows else self.mine

    def back(self) -> bool:
        if self.form is None:
            return False
        self._close_form()
        return True

    def leave(self) -> None:
        if self.form is not None:
            self.form.keep_draft()

    def open_act(self) -> str:
        if self.form is None:
            return ""
        return "new" if self._closing is None else f"afronden-{self._closing.id}"

    def hints(self) -> str:
        return "Enter afronden · Ctrl+N nieuwe actie"

    def _toggle(self, words: str, *, everybody: bool) -> QPushButton:
        made = button(words, lambda: self._use(everybody=everybody), role="chip-toggle")
        made.setCheckable(True)
        self._group.addButton(made)
        return made

    def _use(self, *, everybody: bool) -> None:
        self._everybody = everybody
        self.bench.desk.preferences.remember(MINE_OR_ALL, everybody)
        self.reload()

    def begin_new(self) -> None:
        """A form for a new action."""
        professionals, _ = self.bench.desk.network.region()
        known = (self.bench.desk.session.user.name, *(one.name for one in professionals))
        names = [(name, name) for name in dict.fromkeys(known)]
        form = Form(
            "Nieuwe actie",
            self._add,
            cancel=self._close_form,
            place="actie-nieuw",
            drafts=self.bench.desk.drafts,
        )
        form.row(
            TextField("what", "De actie", required=True),
            PickField("who", "Wie het doet", names, free=True, required=True),
            DateField("due", "Klaar vóór", self.bench.today, past=False),
            shares=(3, 2, 1),
        )
        about = PickField("patient", "Over wie (mag leeg blijven)", [])
        form.row(about)
        self._show_form(form)
        choose_person(self.bench, about, with_birth_date=False)
        self._closing = None

    def begin_close(self, action: Action) -> None:
        """A form for the outcome of an action."""
        form = Form(
            f"Afronden: {action.what}",
            lambda values: self._close(action, values),
            cancel=self._close_form,
            words="Afronden",
            place=f"actie-{action.id}",
            drafts=self.bench.desk.drafts,
        )
        done = DateField("datum", "Gedaan op", self.bench.today, required=True, past=True)
        done.set_value(self.bench.today)
        form.row(done, AreaField("outcome", "Uitkomst (mag leeg blijven)", lines=1), shares=(1, 3))
        if action.patient_id is not None and self.bench.desk.session.has(Right.READ_FILE):
            place = file_of(action.patient_id, "mdo")
            self._to_file = button("Naar het dossier", partial(self.bench.go, place))
            form.buttons.addWidget(self._to_file)
        self._show_form(form)
        self._closing = action

    def _add(self, values: dict[str, Any]) -> None:
        patient = int(values["patient"]) if values["patient"] else None
        actions = self.bench.desk.actions
        self.bench.act(
            lambda: actions.add(
                who=values["who"],
                what=values["what"],
                due=values["due"],
                patient_id=patient,  # type: ignore[arg-type]
            ),
            said="Actie toegevoegd",
            change=Change(Topic.ACTION, patient),  # type: ignore[arg-type]
            undo=actions.withdraw,
            then=lambda _: self._close_form(saved=True),
            wrong=self.form,
        )

    def _close(self, action: Action, values: dict[str, Any]) -> None:
        actions = self.bench.desk.actions
        self.bench.act(
            lambda: actions.close(action, on=values["datum"], outcome=values["outcome"]),
            said=f"Actie afgerond: {action.what}",
            change=Change(Topic.ACTION, action.patient_id),
            undo=actions.reopen,
            then=lambda _: self._close_form(saved=True),
            wrong=self.form,
        )

    def _show_form(self, form: Form) -> None:
        self._close_form()
        self.form = form.ready()
        self.form_place.addWidget(form)
        form.begin()

    def _close_form(self, *, saved: bool = False) -> None:
        if self.form is None:
            return
        if saved:
            self.form.saved()
        else:
            self.form.keep_draft()
        self.form.hide()
        self.form.deleteLater()
        self.form = None
        where = self.table if self.table.values.rows else self.new
        focus_soon(where)  # a list of names that is open closes first, and gives the focus away

    def _columns(self) -> list[Column[Action]]:
        return [
            Column(
                "what",
                "Wat",
                lambda a: Cell(a.what, is_strong=True),
                lambda a: folded(a.what),
                30,
                130,
            ),
            Column("who", "Wie", lambda a: Cell(a.who), lambda a: folded(a.who), 14, 84),
            Column("patient", "Over", self._patient, lambda a: self._about(a) or None, 16, 92),
            Column("due", "Klaar vóór", self._due, lambda a: a.due, 10, 106),
            Column("since", "Open sinds", self._since, lambda a: a.since, 8, 86),
        ]

    def _about(self, action: Action) -> str:
        return self._names.get(action.patient_id or 0, "")

    def _patient(self, action: Action) -> Cell:
        return Cell(self._about(action) or "niemand in het bijzonder")

    @staticmethod
    def _since(action: Action) -> Cell:
        return Cell(dutch_date(action.since))

    def _due(self, action: Action) -> Cell:
        if action.due is None:
            return Cell("geen datum")
        told, is_late = _when(action.due, self.bench.today)
        return Cell(dutch_date(action.due), told, is_late=is_late)


def _number(act: str) -> int:
    """The action that an act is about ("afronden-12"), or 0."""
    digits = act.rpartition("-")[2]
    return int(digits) if digits.isdecimal() else 0


def _when(due: date, today: date) -> tuple[str, bool]:
    """What stands beneath a day, and whether it has passed."""
    days = (today - due).days
    if days < 0:
        return ("morgen" if days == -1 else ""), False
    if days == 0:
        return "vandaag", False
    return ("1 dag te laat" if days == 1 else f"{days} dagen te laat"), True
