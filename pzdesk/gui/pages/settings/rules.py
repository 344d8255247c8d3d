"""Regels en termijnen: after how long something is due, and how a meeting is laid out."""

from dataclasses import fields, replace
from typing import Any

from pzdesk import content
from pzdesk.domain.practice import Intervals, MeetingRules, Practice
from pzdesk.gui.fields import NumberField
from pzdesk.gui.pages.settings.part import ChangedByBeheerder
from pzdesk.gui.parts import Card, row, text

MOST = 999
ONE = {
    "weken": "week",
    "dagen": "dag",
    "werkdagen": "werkdag",
    "minuten": "minuut",
    "mensen": "persoon",
}


class RulesPart(ChangedByBeheerder):
    """Every figure stands with what it was set to by default, and where that comes from."""

    key = "regels"
    title = "Regels en termijnen"

    def build(self) -> None:
        practice = self.bench.desk.practice.practice()
        usual = content.new_practice("")
        words = content.setting_words()
        for heading, now, default in (
            ("Termijnen", practice.intervals, usual.intervals),
            ("Indeling van een overleg", practice.meeting, usual.meeting),
        ):
            card = Card(heading)
            for field in fields(now):
                label, unit = words[field.name]
                value, standard = getattr(now, field.name), getattr(default, field.name)
                more = "" if value == standard else f" (standaard {standard})"
                parts = row(
                    text(label), text(f"{value} {_unit(unit, value)}{more}", "strong"), gap=12
                )
                parts.setStretch(0, 2)
                parts.setStretch(1, 1)
                card.add(parts)
            self.body.addWidget(card)
        self.body.addWidget(text(content.setting_source(), "small"))
        self.body.addWidget(self.way_to_change())
        self.body.addStretch(1)

    def begin_change(self) -> None:
        practice = self.bench.desk.practice.practice()
        form = self.new_form(
            "Regels en termijnen", lambda values: self._save(practice, values), self.key
        )
        form.of_version(practice.version)
        words = content.setting_words()
        form.put(text("Een gewijzigde termijn geldt voor wat daarna wordt gepland.", "small"))
        for heading, now in (
            ("Termijnen", practice.intervals),
            ("Indeling van een overleg", practice.meeting),
        ):
            form.part(heading)
            made = []
            for field in fields(now):
                label, unit = words[field.name]
                number = NumberField(field.name, f"{label} ({unit})", 0, MOST, required=True)
                number.set_raw(str(getattr(now, field.name)))
                made.append(number)
            for start in range(0, len(made), 2):
                form.row(*made[start : start + 2])
        self.open_form(form)

    def _save(self, before: Practice, values: dict[str, Any]) -> None:
        service = self.bench.desk.practice
        after = replace(
            before,
            intervals=Intervals(**{f.name: values[f.name] for f in fields(Intervals)}),
            meeting=MeetingRules(**{f.name: values[f.name] for f in fields(MeetingRules)}),
        )
        self.record(
            lambda: service.change(after),
            said="Regels en termijnen bewaard",
            undo=lambda made: service.change(replace(before, version=made.version)),
        )


def _unit(unit: str, value: int) -> str:
    return ONE.get(unit, unit) if value == 1 else unit
