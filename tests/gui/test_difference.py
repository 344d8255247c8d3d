"""What somebody else changed while a form was open is told field by field; nothing that was typed is lost."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from pzdesk.domain.patient import PatientId
from pzdesk.domain.person import Phone
from pzdesk.gui.difference import NOTHING_SEEN, TAKEN, THEIRS
from pzdesk.gui.forms import Form
from pzdesk.gui.frame import Frame
from pzdesk.gui.places import file_of
from pzdesk.gui.section import Section
from pzdesk.services import writing
from pzdesk.services.desk import Desk
from tests import factories
from tests.conftest import Clock
from tests.gui.conftest import settle

SECRET = "zij drinkt weer, zegt niemand iets"


@pytest.fixture
def anna(desk: Desk) -> PatientId:
    """A patient with a naaste."""
    patient = desk.patients.add(factories.a_patient(phones=(Phone(number="0521-111"),)))
    desk.network.keep_naaste(factories.a_naaste(patient.id))
    return patient.id


@pytest.fixture
def form_of(
    window_over: Callable[[Desk], Frame], desk: Desk, anna: PatientId
) -> Callable[..., Form]:
    """Opens a form of the file and gives it, or gives the one that is open."""
    frame = window_over(desk)

    def form(section: str = "", act: str = "") -> Form:
        if section:
            frame.go(file_of(anna, section, act))
            settle()
        shown: Section = frame.page.section  # type: ignore[attr-defined]
        assert shown.form is not None
        return shown.form

    return form


def change(other: Desk, desk: Desk, anna: PatientId, **values: object) -> None:
    """Let the other one save while the form is open here."""
    writing.let_go(desk.session)
    other.patients.change(replace(other.patients.file(anna).patient, **values))  # type: ignore[arg-type]
    writing.let_go(other.session)


def lines(form: Form) -> list[str]:
    assert form.difference is not None
    return [form.difference.who.text(), *[line.text() for line in form.difference.lines]]


def test_who_saves_old_data_sees_what_was_changed_by_whom_and_keeps_what_was_typed(
    form_of: Callable[..., Form], desk: Desk, other: Desk, anna: PatientId, clock: Clock
) -> None:
    form = form_of("overzicht", "gegevens")
    form.field("diagnosis").set_raw("longkanker, uitgezaaid")
    form.field("city").set_raw("Meppel")
    change(other, desk, anna, phones=(Phone(number="0521-222"),), diagnosis="longkanker links")
    clock.forward(minutes=5)
    form.try_save()
    form = form_of()
    said = lines(form)
    assert said[0] == "Intussen gewijzigd door Anna de Vries om 14.05 uur."
    assert "Telefoonnummers: was “0521-111”, is nu “0521-222”." in said
    assert any("is nu “longkanker links”; u typte “longkanker, uitgezaaid”" in one for one in said)
    assert form.field("phones").raw() == "0521-222", "what was not touched here is as it is now"
    assert form.field("city").raw() == "Meppel"
    assert form.field("diagnosis").raw() == "longkanker, uitgezaaid"
    assert form.difference is not None
    choice = form.difference.choice
    assert choice is not None
    choice.set_raw(THEIRS)
    assert form.field("diagnosis").raw() == "longkanker links"
    choice.set_raw("mijn")
    form.try_save()
    now = desk.patients.file(anna).patient
    assert (now.diagnosis, now.address.city) == ("longkanker, uitgezaaid", "Meppel")
    assert now.phones[0].number == "0521-222"


def test_a_draft_of_before_tells_what_was_changed_since_and_overwrites_nothing(
    form_of: Callable[..., Form], desk: Desk, other: Desk, anna: PatientId
) -> None:
    form = form_of("overzicht", "gegevens")
    form.field("city").set_raw("Meppel")
    form.keep_draft()
    form_of("netwerk", "zorgverlener")
    change(other, desk, anna, his_number="77", bsn="999990019", bsn_verified=True)
    form = form_of("overzicht", "gegevens")
    assert form.field("his_number").raw() == "77"
    assert form.field("city").raw() == "Meppel"
    assert any("Nummer in het HIS: was leeg, is nu “77”." in line for line in lines(form))
    ticked = "was “niet aangevinkt”, is nu “aangevinkt”."
    assert any(line.endswith(ticked) for line in lines(form))
    assert form.difference is not None
    assert form.difference.choice is None
    shown = form.difference.findChildren(type(form.difference.who))
    assert TAKEN in [part.text() for part in shown]


def test_what_somebody_may_not_see_does_not_come_to_light_as_a_difference(
    form_of: Callable[..., Form],
    desk: Desk,
    other: Desk,
    anna: PatientId,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    naaste = desk.patients.file(anna).naasten[0]
    monkeypatch.setattr(
        "pzdesk.gui.pages.file.network.NetworkSection._may_hear", property(lambda _: False)
    )
    form = form_of("netwerk", f"naaste-{naaste.id}")
    form.field("relation").set_raw("man")
    writing.let_go(desk.session)
    other.network.keep_naaste(replace(naaste, confidence=SECRET))
    writing.let_go(other.session)
    form.try_save()
    form = form_of()
    assert lines(form) == ["Intussen gewijzigd door Anna de Vries om 14.05 uur."]
    assert form.difference is not None
    shown = [part.text() for part in form.difference.findChildren(type(form.difference.who))]
    assert NOTHING_SEEN in shown
    assert form.field("relation").raw() == "man"


def test_what_is_not_there_any_more_is_told_and_not_made_anew(
    form_of: Callable[..., Form], desk: Desk, other: Desk, anna: PatientId
) -> None:
    naaste = desk.patients.file(anna).naasten[0]
    form = form_of("netwerk", f"naaste-{naaste.id}")
    form.field("relation").set_raw("man")
    writing.let_go(desk.session)
    other.network.withdraw_naaste(naaste)
    form.try_save()
    assert [one.name for one in desk.patients.file(anna).naasten] == []
