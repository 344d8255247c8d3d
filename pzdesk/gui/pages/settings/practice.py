"""The practice: its name, its kernteam, and the numbers that stand on every paper."""

from dataclasses import replace
from typing import Any

from pzdesk.domain.practice import Practice
from pzdesk.gui.fields import TextField
from pzdesk.gui.pages.settings.part import ChangedByBeheerder
from pzdesk.gui.parts import Card, fact

FIELDS = (
    ("name", "Naam van de praktijk"),
    ("kernteam", "Naam van het kernteam"),
    ("city", "Plaats"),
    ("phone_day", "Telefoon van de praktijk, overdag"),
    ("hap_name", "Huisartsenpost"),
    ("hap_phone", "Telefoon van de huisartsenpost"),
)


class PracticePart(ChangedByBeheerder):
    """Who may change it has the right to the settings; everybody may read it."""

    key = "praktijk"
    title = "Praktijk"

    def build(self) -> None:
        practice = self.bench.desk.practice.practice()
        card = Card("Praktijk")
        for key, label in FIELDS:
            card.add(fact(label, getattr(practice, key) or "niet ingevuld"))
        card.add(self.way_to_change())
        self.body.addWidget(card)
        self.body.addStretch(1)

    def begin_change(self) -> None:
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
