"""The file of a patient in the real window: of whom most is known, and of whom nothing is."""

from collections.abc import Callable

import pytest

from pzdesk.domain.patient import PatientId
from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.services.desk import Desk
from tests import factories
from tests.gui.hands import Hands
from tests.gui.views import rich_patient


@pytest.fixture
def hands(window: Frame) -> Hands:
    """Hands on the smallest window of the POH."""
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    return Hands(window)


@pytest.fixture
def desk_now(hands: Hands) -> Desk:
    """The services under that window."""
    return hands.frame.bench.desk


@pytest.fixture
def rich(desk_now: Desk) -> PatientId:
    """Of whom most is known."""
    return rich_patient(desk_now)


@pytest.fixture
def new_patient(desk_now: Desk) -> PatientId:
    """Somebody of whom nothing is recorded."""
    return desk_now.patients.add(factories.a_patient()).id


@pytest.fixture
def hands_of(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> Callable[[str], Hands]:
    """Hands of another user of the demo practice, by login."""
    return lambda login: Hands(window_over(demo_desk(login)))
