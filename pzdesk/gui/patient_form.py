"""The form with who somebody is: for a new patient and for changed data."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pzdesk import content
from pzdesk.domain.labels import LABELS
from pzdesk.domain.patient import Patient
from pzdesk.domain.person import Address, Name, NameOrder, Phone, Sex, formal
from pzdesk.gui.bench import Bench
from pzdesk.gui.choices import CheckField, ChecksField, ChoiceField
from pzdesk.gui.fields import AreaField, DateField, TextField
from pzdesk.gui.forms import Form
from pzdesk.gui.parts import text

NAME_PARTS = (
    ("voornamen", "Voornamen"),
    ("initialen", "Voorletters"),
    ("roepnaam", "Roepnaam"),
    ("voorvoegsels", "Voorvoegsels"),
    ("achternaam", "Achternaam"),
    ("partner_voorvoegsels", "Voorvoegsels partner"),
    ("partner_achternaam", "Achternaam partner"),
)
ORDERS = (
    (NameOrder.OWN.value, "eigen naam"),
    (NameOrder.PARTNER.value, "naam partner"),
    (NameOrder.PARTNER_OWN.value, "partner-eigen"),
    (NameOrder.OWN_PARTNER.value, "eigen-partner"),
)
NEW_DRAFT = "patient-nieuw"
CAPABLE = (("ja", "wilsbekwaam"), ("nee", "wilsonbekwaam"))


def patient_form(
    bench: Bench,
    patient: Patient | None,
    save: Callable[[Patient], object],
    cancel: Callable[[], object],
) -> Form:
    """A form over the data of a patient; ``save`` gets the patient as it was typed."""
    today = bench.today
    before = patient or Patient(name=Name(achternaam="-"), birth_date=today)
    name = before.name if patient is not None else Name(achternaam="")
    form = Form(
        "Nieuwe patiënt" if patient is None else "Gegevens wijzigen",
        lambda values: save(_typed(before, values)),
        cancel=cancel,
        place=f"patient-{patient.id}" if patient is not None else NEW_DRAFT,
        drafts=bench.desk.drafts,
    )
    if patient is not None:
        form.of_version(patient.version)
    parts = {
        key: _text(key, label, getattr(name, key), required=key == "achternaam")
        for key, label in NAME_PARTS
    }
    form.row(parts["roepnaam"], parts["voornamen"], parts["initialen"], shares=(2, 3, 1))
    form.row(parts["voorvoegsels"], parts["achternaam"], shares=(1, 3))
    form.row(parts["partner_voorvoegsels"], parts["partner_achternaam"], shares=(1, 3))
    order = ChoiceField("name_order", "Naam in gebruik", ORDERS)
    order.set_raw(name.name_order.value)
    sex = ChoiceField("sex", "Geslacht (voor de aanspreekvorm)", _labels(Sex))
    if patient is not None:
        sex.set_raw(before.sex.value)
    born = DateField("geboortedatum", "Geboortedatum", today, required=True, past=True)
    born.edit.setPlaceholderText("dd-mm-jjjj")
    if patient is not None:
        born.set_value(before.birth_date)
    form.row(order).row(born, sex, shares=(1, 2))
    shown = text("", "muted")
    shown.setAccessibleName("Zo staat de naam op papier")
    form.put(shown)
    form.part("Adres en telefoon")
    where = before.address
    form.row(
        _text("street", "Straat en huisnummer", where.street),
        _text("postcode", "Postcode", where.postcode),
        _text("city", "Plaats", where.city),
        shares=(3, 1, 2),
    )
    phones = AreaField(
        "phones", "Telefoonnummers", lines=2, help_="Een nummer per regel, met wie of wat erachter."
    )
    phones.set_raw("\n".join(f"{phone.number} {phone.note}".strip() for phone in before.phones))
    form.row(phones)
    form.part("Zorg")
    form.row(
        _text("diagnosis", "Diagnose", before.diagnosis),
        _text("icpc", "ICPC-code", before.icpc),
        _text("language", "Taal", before.language),
        shares=(3, 1, 1),
    )
    groups = ChecksField("target_groups", "Bijzondere aandacht", [*content.target_groups().items()])
    groups.set_raw("\n".join(before.target_groups))
    form.row(groups)
    capable = ChoiceField("capable", "Wilsbekwaam voor medische beslissingen", CAPABLE)
    capable.set_raw({True: "ja", False: "nee", None: ""}[before.capable])
    capable_on = DateField("capable_on", "Beoordeeld op", today, past=True)
    capable_on.set_value(before.capable_on)
    form.row(capable, capable_on, _text("capable_note", "Toelichting", before.capable_note))
    form.part("BSN en HIS")
    form.row(
        _text("bsn", "BSN (mag leeg blijven)", before.bsn or ""),
        CheckField(
            "bsn_verified", "Gecontroleerd met een identiteitsbewijs", ticked=before.bsn_verified
        ),
        _text("his_number", "Nummer in het HIS", before.his_number),
    )

    def show() -> None:
        typed = Name(
            **{key: field.raw().strip() for key, field in parts.items()},
            name_order=NameOrder(order.raw() or NameOrder.OWN.value),
        )
        shown.setVisible(bool(typed.achternaam or typed.partner_achternaam))
        shown.setText(f"Op papier: {formal(typed, Sex(sex.raw() or Sex.UNKNOWN.value))}")

    for field in (*parts.values(), order, sex):
        field.changed.connect(show)
    show()
    return form


def _typed(before: Patient, values: dict[str, Any]) -> Patient:
    capable = {"ja": True, "nee": False}.get(values["capable"] or "")
    return replace(
        before,
        name=Name(
            **{key: values[key] for key, _ in NAME_PARTS},
            name_order=NameOrder(values["name_order"] or NameOrder.OWN.value),
        ),
        birth_date=values["geboortedatum"],
        sex=Sex(values["sex"] or Sex.UNKNOWN.value),
        address=Address(street=values["street"], postcode=values["postcode"], city=values["city"]),
        phones=tuple(_phone(line) for line in values["phones"].splitlines() if line.strip()),
        bsn=values["bsn"] or None,
        bsn_verified=values["bsn_verified"],
        his_number=values["his_number"],
        language=values["language"],
        diagnosis=values["diagnosis"],
        icpc=values["icpc"],
        target_groups=values["target_groups"],
        capable=capable,
        capable_on=values["capable_on"],
        capable_note=values["capable_note"],
    )


def _phone(line: str) -> Phone:
    """The digits at the start of a line are the number, the rest says whose or when."""
    bare = line.strip()
    end = next((i for i, c in enumerate(bare) if c not in "0123456789+-() "), len(bare))
    number = bare[:end].strip()
    return Phone(number=number, note=bare[end:].strip()) if number else Phone(number=bare)


def _labels(kind: type[Sex]) -> list[tuple[str, str]]:
    return [(member.value, LABELS[kind][member]) for member in kind]


def _text(key: str, label: str, value: str, *, required: bool = False) -> TextField:
    field = TextField(key, label, required=required)
    field.set_raw(value)
    return field
