"""The patient's own statement: which stand, and how one is told on a line."""

from dataclasses import replace
from datetime import timedelta

from pzdesk.domain.statement import Statement, StatementWithdrawal, heading, standing, summary
from tests.factories import NOW, TODAY

OWN = Statement(id=1, on=TODAY, text="Ik rookte niet", recorded_at=NOW, recorded_by=1)
FOR_HER = replace(OWN, id=2, on=TODAY - timedelta(days=21), given_by="mevrouw Smit")
GONE = StatementWithdrawal(id=1, statement_id=1, on=TODAY, recorded_at=NOW, recorded_by=1)


def test_the_line_tells_what_stands_and_that_one_was_withdrawn() -> None:
    assert summary([], []) == ""
    assert summary([OWN], []) == "Verklaring van de patiënt, 24 november 2026"
    assert summary([FOR_HER, OWN], []).endswith("de laatste van 24 november 2026")
    told = "Verklaring namens de patiënt, door mevrouw Smit, 3 november 2026"
    assert summary([OWN, FOR_HER], [GONE]) == told
    assert summary([OWN], [GONE]).endswith("ingetrokken op 24 november 2026")
    assert standing([FOR_HER, OWN], [GONE]) == [FOR_HER]
    assert heading(OWN) == "Verklaring van de patiënt"
