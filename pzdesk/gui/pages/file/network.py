"""Zorgnetwerk: the naasten and the professionals around one patient, with numbers that work."""

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from pzdesk.domain.errors import PzdeskError, Refused
from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import LABELS, label
from pzdesk.domain.network import Discipline, MayKnow, Naaste, NaasteRole, Professional, TeamMember
from pzdesk.domain.person import Phone, dutch_date
from pzdesk.domain.user import Right
from pzdesk.gui.changes import Topic
from pzdesk.gui.choices import ChecksField, ChoiceField, ComboField, PickField
from pzdesk.gui.fields import AreaField, DateField, TextField
from pzdesk.gui.flow import flow
from pzdesk.gui.parts import Card, button, column, empty, line, row, text
from pzdesk.gui.section import Section
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.theme import theme
from pzdesk.services import paper_words

ROLES = [(r.value, LABELS[NaasteRole][r]) for r in NaasteRole]
KNOWS = [(m.value, LABELS[MayKnow][m]) for m in MayKnow]
KINDS = [(d.value, LABELS[Discipline][d]) for d in Discipline]


class NetworkSection(Section):
    """Who left stays in the list beneath, with until when."""

    key = "netwerk"
    title = "Zorgnetwerk"
    new_act = "naaste"

    @classmethod
    def badge(cls, file: PatientFile) -> str:
        now = [n for n in file.naasten if n.until is None]
        return str(len(now) + sum(m.until is None for m in file.team)) if now or file.team else ""

    def build(self, file: PatientFile) -> None:
        buttons = [
            button("Naaste toevoegen", partial(self._begin_naaste, None), keys=keys_of("new")),
            button("Zorgverlener toevoegen", self._begin_member),
        ]
        if not file.naasten and not file.team:
            self.body.addWidget(
                empty(
                    "Nog niemand vastgelegd",
                    "Hier staan de naasten en de zorgverleners van deze persoon, met hun nummers voor "
                    "overdag en ’s nachts.",
                    *(buttons if self.may_write else []),
                )
            )
            self.body.addStretch(1)
            return
        if self.may_write:
            self.body.addLayout(flow(*buttons, gap=theme().px(8)))
        self.body.addWidget(self._naasten(file))
        self.body.addWidget(self._team(file))
        self.body.addStretch(1)

    def begin(self, act: str) -> None:
        if not self.may_write:
            return
        kind, _, number = act.partition("-")
        if act == "mantelzorger":
            self._begin_naaste(None, NaasteRole.MANTELZORGER)
        elif kind == "naaste":
            known = self.file.naasten if self.file is not None else ()
            self._begin_naaste(next((one for one in known if str(one.id) == number), None))
        elif act == "zorgverlener":
            self._begin_member()

    def _naasten(self, file: PatientFile) -> Card:
        card = Card("Naasten")
        if not file.naasten:
            card.add(text("Geen naasten vastgelegd.", "muted"))
        for number, naaste in enumerate(sorted(file.naasten, key=lambda n: n.until is not None)):
            if number:
                card.add(line())
            roles = ", ".join(label(role) for role in naaste.roles) or "naaste"
            until = f" · tot {dutch_date(naaste.until)}" if naaste.until else ""
            words = column(
                text(paper_words.naaste_words(naaste), "strong", select=True),
                text(f"{roles} · {label(naaste.may_know)}{until}", "muted"),
                *[text(note, select=True) for note in (naaste.may_know_note,) if note],
                gap=0,
            )
            if naaste.confidence:
                words.addWidget(text("In vertrouwen verteld, komt op geen papier:", "small"))
                words.addWidget(text(naaste.confidence, select=True))
            parts = row(words, gap=8)
            parts.setStretch(0, 1)
            if self.may_write:
                change = button("Wijzigen", partial(self._begin_naaste, naaste))
                change.setAccessibleName(f"Wijzigen: {naaste.name}")
                parts.addWidget(change)
            card.add(parts)
        return card

    def _team(self, file: PatientFile) -> Card:
        card = Card("Zorgverleners")
        if not file.team:
            card.add(text("Geen zorgverleners vastgelegd.", "muted"))
        members = sorted(file.team, key=lambda m: (m.until is not None, m.since))
        for number, member in enumerate(members):
            who = file.professionals.get(member.professional_id)
            if who is None:
                continue
            if number:
                card.add(line())
            checked = f"nummers gecontroleerd op {dutch_date(who.checked_on)}"
            told = [member.part, f"sinds {dutch_date(member.since)}"]
            told += [f"tot {dutch_date(member.until)}"] if member.until else []
            told += [checked if who.checked_on else "nummers nog niet gecontroleerd"]
            words = column(
                text(paper_words.professional_words(file, who), "strong", select=True),
                text(" · ".join(part for part in told if part), "muted"),
                gap=0,
            )
            parts = row(words, gap=8)
            parts.setStretch(0, 1)
            if self.may_write and member.until is None:
                end = button("Stopt", partial(self._end, member, who))
                end.setAccessibleName(f"Stopt: {who.name}")
                parts.addWidget(end)
            card.add(parts)
        return card

    @property
    def _may_hear(self) -> bool:
        """Whether this user sees what a naaste told in confidence."""
        return self.bench.desk.session.has(Right.CONFIDENCE)

    def _begin_naaste(self, naaste: Naaste | None, *is_: NaasteRole) -> None:
        if self.file is None:
            return
        before = naaste or Naaste(patient_id=self.file.patient.id, name="", roles=is_)
        form = self.new_form(
            f"Naaste: {before.name}" if before.id else "Naaste toevoegen",
            lambda values: self._save_naaste(before, values),
            f"naaste-{before.id}",
        )
        if before.id:
            form.of_version(before.version)
        name = _text("naam", "Naam", before.name, required=True)
        relation = _text("relation", "Relatie (dochter, buurman)", before.relation)
        phones = AreaField("phones", "Telefoonnummers, een per regel", lines=2)
        phones.set_raw("\n".join(phone.number for phone in before.phones))
        roles = ChecksField("roles", "Is", ROLES)
        roles.set_raw("\n".join(role.value for role in before.roles))
        may_know = ChoiceField("may_know", "Wat mag deze naaste weten, volgens de patiënt?", KNOWS)
        may_know.set_raw(before.may_know.value)
        until = DateField("until", "Tot (als deze naaste er niet meer bij hoort)", self.bench.today)
        until.set_value(before.until)
        confidence = AreaField("confidence", "In vertrouwen verteld (komt op geen papier)", lines=2)
        confidence.set_raw(before.confidence)
        form.row(name, relation).row(roles).row(phones, _text("email", "E-mail", before.email))
        form.row(may_know)
        form.row(_text("may_know_note", "Toelichting", before.may_know_note), until, shares=(2, 1))
        if self._may_hear:
            form.row(confidence)
        self.open_form(form, "mantelzorger" if is_ else f"naaste-{before.id}")

    def _save_naaste(self, before: Naaste, values: dict[str, Any]) -> None:
        known = {phone.number: phone for phone in before.phones}
        numbers = [words.strip() for words in values["phones"].splitlines() if words.strip()]
        after = replace(
            before,
            name=values["naam"],
            relation=values["relation"],
            roles=tuple(NaasteRole(role) for role in values["roles"]),
            phones=tuple(known.get(number, Phone(number=number)) for number in numbers),
            email=values["email"],
            may_know=MayKnow(values["may_know"] or MayKnow.NOT_ASKED.value),
            may_know_note=values["may_know_note"],
            until=values["until"],
            confidence=values.get("confidence", before.confidence),
        )
        network = self.bench.desk.network

        def put_back(kept: Naaste) -> object:
            return network.keep_naaste(replace(before, version=kept.version))

        self.record(
            lambda: network.keep_naaste(after),
            said=f"Bewaard: {after.name}",
            topic=Topic.NETWORK,
            undo=put_back if before.id else network.withdraw_naaste,
        )

    def _begin_member(self) -> None:
        region = self.bench.desk.network.region()[0]
        names = [(str(who.id), f"{who.name}, {label(who.discipline)}") for who in region]
        form = self.new_form("Zorgverlener toevoegen", self._save_member, "zorgverlener")
        may_add = self.bench.desk.session.has(Right.EDIT_REGION)
        help_ = (
            "Staat de naam niet in de lijst? Typ hem, en vul ook de discipline en het nummer in."
        )
        who = PickField(
            "who", "Wie", names, free=may_add, required=True, help_=help_ if may_add else ""
        )
        kind = ComboField("discipline", "Discipline", KINDS)
        phone = TextField("phone_day", "Telefoon overdag")
        night = TextField("phone_night", "Telefoon ’s nachts")
        part = TextField("part", "Rol in deze zorg (mag leeg blijven)")
        since = DateField("since", "Sinds", self.bench.today, required=True)
        since.set_value(self.bench.today)
        form.row(who).row(kind, phone, night).row(part, since, shares=(2, 1))

        def fit() -> None:
            typed = who.raw().strip()
            is_new = may_add and bool(typed) and not any(typed == words for _, words in names)
            for field in (kind, phone, night):
                field.setVisible(is_new)

        who.changed.connect(fit)
        self.open_form(form)
        fit()

    def _save_member(self, values: dict[str, Any]) -> None:
        if self.file is None:
            return
        network, patient = self.bench.desk.network, self.file.patient.id
        region = {str(who.id) for who in network.region()[0]}
        typed = str(values["who"])

        made: list[Professional] = []

        def keep() -> TeamMember:
            if typed not in region:
                made.append(self._new(typed, values))
            number = made[-1].id if made else int(typed)
            part, since = values["part"], values["since"]
            try:
                return network.add_to_team(patient, number, part=part, since=since)
            except PzdeskError:  # saved again, somebody new must not come into the region twice
                forget()
                raise

        def forget() -> None:
            while made:
                with suppress(Refused):  # who came into use meanwhile stays in the region
                    network.withdraw_from_region(made.pop())

        def undo(member: TeamMember) -> None:
            network.withdraw_from_team(member)
            forget()

        self.record(keep, said="Zorgverlener toegevoegd", topic=Topic.NETWORK, undo=undo)

    def _new(self, name: str, values: dict[str, Any]) -> Professional:
        made = Professional(
            name=name,
            discipline=Discipline(values.get("discipline") or Discipline.OTHER.value),
            phone_day=values.get("phone_day", ""),
            phone_night=values.get("phone_night", ""),
        )
        return self.bench.desk.network.keep_professional(made)

    def _end(self, member: TeamMember, who: Professional) -> None:
        network = self.bench.desk.network
        self.record(
            lambda: network.end_in_team(member, self.bench.today),
            said=f"{who.name} hoort er niet meer bij",
            topic=Topic.NETWORK,
            undo=network.reopen_in_team,
        )


def _text(key: str, words: str, value: str, *, required: bool = False) -> TextField:
    field = TextField(key, words, required=required)
    field.set_raw(value)
    return field
