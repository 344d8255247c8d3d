"""The practice: its name, its kernteam, and the numbers that stand on every paper."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pzdesk.domain.practice import Practice
from pzdesk.domain.user import Right
from pzdesk.gui.fields import TextField
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.parts import Card, button, fact, row, text
from pzdesk.gui.shortcuts import keys_of
from pzdesk.services.desk import Desk

FIELDS = (
    ("name", "Naam van de praktijk"),
    ("kernteam", "Naam van het kernteam"),
    ("city", "Plaats"),
    ("phone_day", "Telefoon van de praktijk, overdag"),
    ("hap_name", "Huisartsenpost"),
    ("hap_phone", "Telefoon van de huisartsenpost"),
)


class PracticePart(SettingsPart):
    """Who may change it has the right to the settings; everybody may read it."""

    key = "praktijk"
    title = "Praktijk"

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.SEE_WHO)

    def build(self) -> None:
        practice = self.bench.desk.practice.practice()
        card = Card("Praktijk")
        for key, label in FIELDS:
            card.add(fact(label, getattr(practice, key) or "niet ingevuld"))
        if self._may:
            card.add(row(button("Wijzigen", self._begin, keys=keys_of("edit")), None))
        else:
            card.add(text("Alleen een beheerder kan dit wijzigen.", "small"))
        self.body.addWidget(card)
        self.body.addStretch(1)

    @property
    def _may(self) -> bool:
        return self.bench.desk.session.has(Right.SETTINGS)

    def edit(self) -> Callable[[], object] | None:
        return self._begin if self._may else None

    def begin(self, act: str) -> None:
        if act == self.key and self._may:
            self._begin()

    def _begin(self) -> None:
        practice = self.bench.desk.practice.practice()
        form = self.new_form("Praktijk", lambda values: self._save(practice, values), self.key)
        form.of_version(practice.version)
        for key, label in FIELDS:
            # A service names the field of the practice's name "naam".
            field = TextField("naam" if key == "name" else key, label, required=key == "name")
            field.set_raw(getattr(practice, key))
            form.row(field)
        self.open_form(form)

    def _save(self, before: Practice, values: dict[str, Any]) -> None:
        said = {key: values["naam" if key == "name" else key] for key, _ in FIELDS}
        service = self.bench.desk.practice
        self.record(
            lambda: service.change(replace(before, **said)),
            said="Gegevens van de praktijk bewaard",
            undo=lambda made: service.change(replace(before, version=made.version)),
        )
