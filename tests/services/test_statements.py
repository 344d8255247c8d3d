"""The patient's own statement: added, withdrawn, never edited; in the copy, and gone when destroyed."""

import json
from datetime import timedelta

import pytest

from pzdesk.domain.destruction import AskedBy
from pzdesk.domain.errors import BadInput, NotFound, Refused, Stale
from pzdesk.services.desk import Desk
from tests import factories
from tests.conftest import Clock
from tests.documents.reading import content as text_of
from tests.documents.reading import squeezed

WORDS = "Ik lees dat ik therapie weigerde.\nIk heb er nooit nee tegen gezegd."


def test_a_statement_stays_as_it_was_given_also_when_it_is_withdrawn(
    desk: Desk, clock: Clock
) -> None:
    patient, today = desk.patients.add(factories.a_patient()).id, desk.session.today
    first = desk.statements.record(patient, f" {WORDS} ", on=today - timedelta(days=1))
    by = desk.statements.record(patient, "Moeder dronk niet.", on=today, given_by="mw.  Smit")
    assert (first.text, first.given_by, by.given_by) == (WORDS, "", "mw. Smit")
    for words, day, field in (
        (" ", today, "tekst"),
        ("Niet waar", today + timedelta(days=1), "datum"),
    ):
        with pytest.raises(BadInput) as wrong:
            desk.statements.record(patient, words, on=day)
        assert wrong.value.field == field
    with pytest.raises(BadInput, match="vóór de dag"):
        desk.statements.withdraw(first.id, on=today - timedelta(days=2))
    gone = desk.statements.withdraw(first.id, on=today)
    with pytest.raises(Refused, match="al ingetrokken"):
        desk.statements.withdraw(first.id, on=today)
    with pytest.raises(Refused, match="blijft daarom staan"):
        desk.statements.take_back(first)
    desk.statements.take_back(gone)
    desk.statements.take_back(by)
    with pytest.raises(NotFound):
        desk.statements.take_back(by)
    again = desk.statements.record(patient, "Een andere.", on=today)
    if again.id == by.id:  # its number came free
        with pytest.raises(Stale):
            desk.statements.take_back(by)
    desk.statements.take_back(again)
    gone = desk.statements.withdraw(first.id, on=today)
    file = desk.patients.file(patient)
    assert (file.statements, file.statement_withdrawals) == ((first,), (gone,))
    clock.forward(days=2)
    with pytest.raises(Refused, match="langer dan een dag"):
        desk.statements.take_back(gone)

    made = desk.inzage.copy(patient)
    parts = json.loads(made.data)["delen"]
    assert parts["verklaringen"]["regels"][0]["tekst"] == WORDS
    assert parts["verklaringen_ingetrokken"]["regels"][0]["datum"] == f"{today}"
    paper = text_of(made.pdf)
    assert squeezed("Ik heb er nooit nee tegen gezegd.") in paper
    assert squeezed("verklaring van 23-11-2026") in paper

    typed = f"{factories.a_patient().birth_date:%d-%m-%Y}"
    done = desk.destructions.destroy(
        *(patient, [f"statement:{first.id}"]),
        asked_by=AskedBy.PATIENT,
        reason="eigen wens",
        typed=typed,
    )
    assert done.destruction.rows == ("statement:1", "statement_withdrawal:1")
    assert desk.patients.file(patient).statements == ()
