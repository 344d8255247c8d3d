"""Acuut: what may happen and what is done then, and the sheet that lies at home."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QLayout, QWidget

from pzdesk.domain.errors import BadInput
from pzdesk.domain.file import PatientFile
from pzdesk.domain.handout import HandoutKind
from pzdesk.domain.person import dutch_date
from pzdesk.domain.plan import AcutePlan, Scenario
from pzdesk.domain.user import Right
from pzdesk.gui.beside import Beside
from pzdesk.gui.choices import PickField
from pzdesk.gui.fields import AreaField, DateField, TextField
from pzdesk.gui.pages.file.papers import HOME_SHEET, papers_of
from pzdesk.gui.parts import Card, button, column, empty, fact, line, row, text
from pzdesk.gui.places import Place
from pzdesk.gui.section import Section
from pzdesk.gui.shortcuts import keys_of
from pzdesk.services import paper_words

PRACTICE = Place(page="beheer", section="praktijk", act="praktijk")
SPARE = 2  # empty scenarios to fill in below those that there are


class AcuteSection(Section):
    """The plan is added anew each time; the newest holds."""

    key = "acuut"
    title = "Acuut (HAP)"
    paper = HOME_SHEET

    def build(self, file: PatientFile) -> None:
        plan = newest(file)
        change = button("Plan wijzigen" if plan else "Plan maken", self._begin, role="primary")
        if plan is None:
            self.body.addWidget(
                empty(
                    "Nog geen plan voor als het misgaat",
                    "Leg vast wat er kan gebeuren, wat dan te doen en wie te bellen. Het blad voor thuis "
                    "neemt dit over.",
                    *([change] if self.may_write else []),
                )
            )
        else:
            self.body.addWidget(self._plan(plan, change))
        self.body.addWidget(Beside(self._call(file), self._home(file), least=440))
        self.body.addStretch(1)

    def begin(self, act: str) -> None:
        if act == "plan" and self.may_write:
            self._begin()

    def _plan(self, plan: AcutePlan, change: Any) -> Card:
        by = f" door {plan.by}" if plan.by else ""
        card = Card("Wat te doen als", f"{dutch_date(plan.on)}{by}")
        for number, scenario in enumerate(plan.scenarios):
            if number:
                card.add(line())
            call = [text(f"Bellen: {scenario.call}", "small")] if scenario.call else []
            card.add(
                column(text(scenario.when, "strong"), text(scenario.do, select=True), *call, gap=1)
            )
        if plan.kit_on is not None:
            back = f", terug op {dutch_date(plan.kit_back_on)}" if plan.kit_back_on else ""
            card.add(text(f"Palliakit in huis sinds {dutch_date(plan.kit_on)}{back}"))
        if plan.key_code:
            card.add(
                text("Sleutelcode vastgelegd (komt alleen op de overdracht aan de HAP)", "small")
            )
        if self.may_write:
            card.add(row(change, None))
        return card

    def _call(self, file: PatientFile) -> Card:
        practice = self.bench.desk.practice.practice()
        card = Card("Wie bellen")
        day = practice.phone_day or "geen nummer vastgelegd bij Beheer"
        night = " ".join(part for part in (practice.hap_name, practice.hap_phone) if part)
        card.add(fact("Overdag, de praktijk", day))
        card.add(fact("Avond, nacht en weekend", night or "geen nummer vastgelegd bij Beheer"))
        card.add(fact("Eerste contact", paper_words.first_contact(file)))
        card.body.addStretch(1)
        return card

    def _home(self, file: PatientFile) -> Card:
        card = Card("Blad voor thuis")
        made = sorted(
            (h for h in file.handouts if h.kind is HandoutKind.HOME_SHEET),
            key=lambda h: (h.printed_at, h.id),
        )
        if not made:
            card.add(text("Er is nog geen blad voor thuis gemaakt.", "muted"))
        else:
            last = made[-1]
            version = f", PZP versie {last.pzp_number}" if last.pzp_number else ", zonder PZP"
            on = dutch_date(last.printed_at.astimezone().date())
            card.add(text(f"Laatst gemaakt op {on}{version}"))
            now = file.valid_pzp
            if now is not None and last.pzp_number != now.number:
                card.add(
                    text(
                        f"Verouderd: nu geldt PZP versie {now.number}. Druk een nieuw blad af.",
                        "warning",
                    )
                )
        if file.death is None:
            paper = papers_of(self.bench.desk, file)[-1]
            look = partial(paper.show, self.bench)
            card.add(*self._numbers())
            card.add(row(button("Blad bekijken en afdrukken", look, keys=keys_of("print")), None))
        card.body.addStretch(1)
        return card

    def _numbers(self) -> list[QWidget | QLayout]:
        """Which numbers of the practice the sheet cannot give, and where they are filled in."""
        practice = self.bench.desk.practice.practice()
        told = {"de praktijk": practice.phone_day, "de huisartsenpost": practice.hap_phone}
        missing = [whose for whose, number in told.items() if not number]
        if not missing:
            return []
        lacks = "ontbreken de nummers" if len(missing) > 1 else "ontbreekt het nummer"
        said = f"Op het blad {lacks} van {' en '.join(missing)}."
        if self.bench.desk.session.has(Right.SETTINGS):
            go = partial(self.bench.go, PRACTICE)
            return [text(said, "warning"), row(button("Telefoonnummers invullen", go), None)]
        return [text(f"{said} Een beheerder vult dit in bij Beheer, Praktijk.", "warning")]

    def _begin(self) -> None:
        if self.file is None:
            return
        plan = newest(self.file)
        form = self.new_form("Wat te doen als", self._save, "plan")
        scenarios = plan.scenarios if plan else ()
        for number in range(len(scenarios) + SPARE):
            old = scenarios[number] if number < len(scenarios) else Scenario(when="", do="")
            when = AreaField(f"when-{number}", f"{number + 1}. Als", lines=2)
            when.set_raw(old.when)
            do = AreaField(f"do-{number}", "Dan", lines=2)
            do.set_raw(old.do)
            call = AreaField(f"call-{number}", "Bellen", lines=2)
            call.set_raw(old.call)
            do.control.setAccessibleName(f"{number + 1}. Dan")
            call.control.setAccessibleName(f"{number + 1}. Bellen")
            form.row(when, do, call, shares=(3, 4, 2))
        on = DateField("datum", "Afgesproken op", self.bench.today, required=True, past=True)
        on.set_value(self.bench.today)
        by = PickField("by", "Door", self.people(), free=True)
        by.set_value(self.bench.desk.session.user.name)
        kit = DateField("kit_on", "Palliakit in huis sinds", self.bench.today, past=True)
        kit.set_value(plan.kit_on if plan else None)
        back = DateField("kit_back_on", "Palliakit terug op", self.bench.today, past=True)
        back.set_value(plan.kit_back_on if plan else None)
        code = TextField("key_code", "Sleutelcode (alleen voor de HAP)")
        code.set_raw(plan.key_code if plan else "")
        form.row(kit, back, code).row(on, by)
        self.open_form(form)

    def _save(self, values: dict[str, Any]) -> None:
        if self.file is None:
            return
        if (wrong := _half(values)) is not None and self.form is not None:
            self.form.tell_wrong(wrong)
            return
        session = self.bench.desk.session
        count = sum(key.startswith("when-") for key in values)
        scenarios = tuple(
            Scenario(
                when=" ".join(values[f"when-{n}"].split()),
                do=values[f"do-{n}"],
                call=" ".join(values[f"call-{n}"].split()),
            )
            for n in range(count)
            if values[f"when-{n}"] or values[f"do-{n}"]
        )
        plan = AcutePlan(
            patient_id=self.file.patient.id,
            on=values["datum"],
            by=values["by"] or "",
            scenarios=scenarios,
            kit_on=values["kit_on"],
            kit_back_on=values["kit_back_on"],
            key_code=values["key_code"],
            recorded_at=session.now,
            recorded_by=session.user.id,
        )
        self.record(lambda: self.bench.desk.assessments.keep_plan(plan), said="Plan vastgelegd")


def _half(values: dict[str, Any]) -> BadInput | None:
    """What is missing of a situation that was filled in halfway."""
    for key in (key for key in values if key.startswith("when-")):
        number = key.removeprefix("when-")
        when, do, call = (values[f"{part}-{number}"] for part in ("when", "do", "call"))
        if (do or call) and not when:
            return BadInput("Vul in wanneer dit geldt.", field=key)
        if (when or call) and not do:
            return BadInput("Vul in wat er dan te doen is.", field=f"do-{number}")
    return None


def newest(file: PatientFile) -> AcutePlan | None:
    """The plan that holds now."""
    return max(file.plans, key=lambda plan: (plan.on, plan.id), default=None)
