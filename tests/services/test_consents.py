"""Consent: asked per kind of participant; presumed only for who treats."""

from datetime import timedelta

import pytest

from pzdesk.domain.errors import BadInput, NotFound
from pzdesk.domain.mdo import ConsentAnswer, ParticipantKind
from pzdesk.domain.patient import PatientId
from pzdesk.services.desk import Desk
from tests import factories
from tests.factories import TODAY

DAY = timedelta(days=1)


def test_consent_is_presumed_for_who_treats_only_and_not_given_tomorrow(desk: Desk) -> None:
    anna = desk.patients.add(factories.a_patient()).id
    consent = desk.consents.record
    consent(anna, ParticipantKind.TREATING, ConsentAnswer.PRESUMED, on=TODAY)
    for kind in ParticipantKind:
        if kind is not ParticipantKind.TREATING:
            with pytest.raises(BadInput, match="gevraagd"):
                consent(anna, kind, ConsentAnswer.PRESUMED, on=TODAY)
    with pytest.raises(BadInput, match="toekomst"):
        consent(anna, ParticipantKind.WELFARE, ConsentAnswer.YES, on=TODAY + DAY)
    with pytest.raises(NotFound):
        consent(PatientId(99), ParticipantKind.WELFARE, ConsentAnswer.YES, on=TODAY)
    assert len(desk.patients.file(anna).consents) == 1
