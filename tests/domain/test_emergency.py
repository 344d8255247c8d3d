"""Emergency access: when it holds, and what it opens to whom."""

from datetime import timedelta

import pytest

from pzdesk.content import rights_matrix
from pzdesk.domain.emergency import LASTS, EmergencyAccess, in_force, opened_by_it
from pzdesk.domain.patient import PatientId
from pzdesk.domain.restricted import RESTRICTED
from pzdesk.domain.user import Right, Role, UserId
from tests.factories import NOW

ACCESS = EmergencyAccess(
    patient_id=PatientId(3), user_id=UserId(7), reason="nacht", at=NOW, until=NOW + LASTS
)


@pytest.mark.parametrize(
    ("user", "patient", "after", "holds"),
    [
        (7, 3, timedelta(0), True),
        (7, 3, LASTS - timedelta(seconds=1), True),
        (7, 3, LASTS, False),
        (7, 3, -timedelta(seconds=1), False),
        (8, 3, timedelta(0), False),
        (7, 4, timedelta(0), False),
    ],
)
def test_it_holds_for_one_user_one_patient_and_twelve_hours(
    user: int, patient: int, after: timedelta, *, holds: bool
) -> None:
    found = in_force([ACCESS], UserId(user), PatientId(patient), NOW + after)
    assert (found is not None) is holds


def test_who_reads_no_files_gets_one_to_read_and_who_reads_gets_what_is_restricted() -> None:
    matrix = rights_matrix()
    for role in (Role.ASSISTENTE, Role.COORDINATOR):
        assert opened_by_it(matrix[role]) == {Right.READ_FILE, Right.PRINT_CLINICAL}
    assert opened_by_it(matrix[Role.WAARNEMER]) == RESTRICTED
    assert opened_by_it(matrix[Role.POH]) == {Right.EUTHANASIA}


def test_it_never_opens_more_than_reading() -> None:
    for rights in rights_matrix().values():
        opens = opened_by_it(rights)
        assert opens <= RESTRICTED | {Right.READ_FILE, Right.PRINT_CLINICAL}
        assert not opens or Right.EMERGENCY in rights
