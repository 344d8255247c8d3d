"""The forms that record a dated row: phase, urgency, where somebody is, who is responsible, death."""

from collections.abc import Callable
from typing import Any

from pzdesk.domain.file import PatientFile
from pzdesk.domain.labels import LABELS, label
from pzdesk.domain.network import Professional
from pzdesk.domain.patient import PatientId
from pzdesk.domain.status import Care, Complexity, Phase, Status, StatusKind, Urgency, Whereabouts
from pzdesk.gui.bench import Bench
from pzdesk.gui.choices import ChoiceField, ComboField, PickField
from pzdesk.gui.fields import AreaField, DateField, Field, TextField
from pzdesk.gui.forms import Form

Fields = dict[str, Any]
WORDS = {
    "fase": "Fase",
    "urgentie": "Urgentie",
    "complexiteit": "Complexiteit",
    "verblijf": "Verblijf",
    "centrale_zorgverlener": "Centrale zorgverlener",
    "hoofdbehandelaar": "Hoofdbehandelaar",
    "overleden": "Overleden",
    "uit_zorg": "Uit zorg",
    "terug": "Terug in zorg",
}
HEADINGS = {"overleden": "Overlijden vastleggen", "uit_zorg": "Uit zorg", "terug": "Terug in zorg"}
VALUES = {
    "fase": [(p.value, label(p)) for p in Phase if p is not Phase.DECEASED],
    "urgentie": [(u.value, label(u)) for u in Urgency],
    "complexiteit": [(c.value, label(c)) for c in Complexity],
    "verblijf": [(w.value, label(w)) for w in Whereabouts],
}
CARERS = ("centrale_zorgverlener", "hoofdbehandelaar")


def fill(
    form: Form, act: str, bench: Bench, people: list[tuple[str, str]], team: list[Professional]
) -> None:
    """Put the fields of an act on a form."""
    on = DateField("datum", "Sinds" if act != "overleden" else "Overleden op", bench.today)
    on.required = True
    on.set_value(bench.today)
    by = PickField("said_by", "Volgens", people, free=True)
    by.set_value(bench.desk.session.user.name)
    form.row(*_what(act, team))
    if act == "verblijf":
        form.row(TextField("place", "Waar precies"), TextField("phone", "Telefoon daar"))
    form.row(on, by)
    form.row(AreaField("note", "Toelichting (mag leeg blijven)", lines=2))


def heading(act: str) -> str:
    """What stands above the form of an act."""
    return HEADINGS.get(act, f"{WORDS[act]} vastleggen")


def work(
    bench: Bench, patient: PatientId, act: str, values: Fields
) -> tuple[Callable[[], Status], str]:
    """What keeps the values of an act, and the sentence that says so."""
    patients = bench.desk.patients
    on, by, note = values["datum"], values["said_by"] or "", values["note"]
    if act == "overleden":
        return (
            lambda: patients.deceased(patient, on=on, place=values["place"], said_by=by, note=note),
            "Overlijden vastgelegd",
        )
    if act == "uit_zorg":
        return (
            lambda: patients.left_care(
                patient, Care(values["reden"]), on=on, said_by=by, note=note
            ),
            "Vastgelegd: uit zorg",
        )
    if act == "terug":
        return (
            lambda: patients.record_status(
                patient, StatusKind.CARE, Care.IN_CARE, since=on, said_by=by, note=note
            ),
            "Vastgelegd: terug in zorg",
        )
    return (
        lambda: patients.record_status(
            patient,
            StatusKind(act),
            values.get("value") or "",
            since=on,
            said_by=by,
            professional_id=int(values["who"]) if act in CARERS else None,
            place=values.get("place", ""),
            phone=values.get("phone", ""),
            note=note,
        ),
        f"{WORDS[act]} vastgelegd",
    )


def history(file: PatientFile, kind: StatusKind) -> list[Status]:
    """The rows of a kind, the newest first, also those that were taken back."""
    rows = [row for row in file.statuses if row.kind is kind]
    return sorted(rows, key=lambda row: (row.since, row.id), reverse=True)


def _what(act: str, team: list[Professional]) -> list[Field]:
    if act in VALUES:
        return [ChoiceField("value", WORDS[act], VALUES[act], required=True)]
    if act in CARERS:
        names = [(str(who.id), f"{who.name}, {label(who.discipline)}") for who in team]
        return [PickField("who", WORDS[act], names, required=True)]
    if act == "overleden":
        return [TextField("place", "Waar", required=True, help_="bijvoorbeeld thuis of hospice")]
    if act == "uit_zorg":
        reasons = [(c.value, LABELS[Care][c]) for c in Care if c is not Care.IN_CARE]
        return [ComboField("reden", "Waarom", reasons, required=True)]
    return []
