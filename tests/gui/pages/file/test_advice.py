"""Proposals in the file: confirmed from Vandaag or here, rejected with a reason, undone."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pzdesk.domain.advice import Advice, AdviceKind
from pzdesk.domain.patient import PatientId
from pzdesk.domain.status import StatusKind, Urgency
from pzdesk.gui.frame import Frame
from pzdesk.gui.places import file_of
from tests.gui.conftest import settle, shown_texts
from tests.gui.views import coming_meeting, rich_patient

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def patient(window: Frame) -> PatientId:
    return rich_patient(window.bench.desk)


def propose(
    window: Frame, patient: PatientId, kind: AdviceKind, *, value: str = "", text: str = ""
) -> Advice:
    desk = window.bench.desk
    return desk.advices.propose(
        patient, kind, value=value, text=text, meeting_id=coming_meeting(desk)
    )


def press(window: Frame, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    focus = QApplication.focusWidget() or window
    QTest.keyClick(focus, key, modifier or Qt.KeyboardModifier.NoModifier)
    settle()


def urgency(window: Frame, patient: PatientId) -> str:
    now = window.bench.desk.patients.file(patient).now(StatusKind.URGENCY)
    assert now is not None
    return now.value


def test_a_proposal_is_confirmed_by_one_key_and_undone_by_another(
    window: Frame, patient: PatientId
) -> None:
    advice = propose(window, patient, AdviceKind.URGENCY, value=Urgency.NOW)
    window.go(file_of(patient, "mdo"))
    settle()
    assert "Te bevestigen door dr. De Boer" in shown_texts(window.page)
    assert "Urgentie: binnenkort (weken) → nu (dagen)" in shown_texts(window.page)
    window.go(file_of(patient, "mdo", f"voorstel-{advice.id}"))
    settle()
    press(window, KEY.Key_S, CTRL)
    assert urgency(window, patient) == Urgency.NOW
    window.bench.undo_last()
    assert urgency(window, patient) == Urgency.SOON


def test_rejecting_asks_a_reason_under_its_field(window: Frame, patient: PatientId) -> None:
    from pzdesk.gui.pages.file import advice as page

    advice = propose(window, patient, AdviceKind.URGENCY, value=Urgency.NOW)
    window.go(file_of(patient, "mdo"))
    settle()
    section = window.page.section  # type: ignore[attr-defined]
    page.begin_rejecting(section, advice)
    settle()
    press(window, KEY.Key_S, CTRL)
    assert section.form.field("reden").error.text()
    section.form.field("reden").set_raw(page.REASONS[0])
    press(window, KEY.Key_S, CTRL)
    (kept,) = window.bench.desk.patients.file(patient).advices
    assert kept.reason == page.REASONS[0]
    assert urgency(window, patient) == Urgency.SOON


def test_a_revision_of_the_pzp_asks_before_when(window: Frame, patient: PatientId) -> None:
    desk = window.bench.desk
    advice = propose(window, patient, AdviceKind.PZP, text="wel of niet naar het ziekenhuis")
    window.go(file_of(patient, "mdo", f"voorstel-{advice.id}"))
    settle()
    press(window, KEY.Key_S, CTRL)
    section = window.page.section  # type: ignore[attr-defined]
    assert section.form.field("datum").error.text()
    section.form.field("datum").set_raw("+1w")
    press(window, KEY.Key_S, CTRL)
    dues = {review.due for review in desk.patients.file(patient).open_reviews}
    assert desk.session.today + timedelta(weeks=1) in dues


def test_a_lock_comes_back_to_the_reason_for_rejecting(window: Frame, patient: PatientId) -> None:
    from pzdesk.gui.pages.file import advice as page

    advice = propose(window, patient, AdviceKind.URGENCY, value=Urgency.NOW)
    window.go(file_of(patient, "mdo"))
    settle()
    section = window.page.section  # type: ignore[attr-defined]
    page.begin_rejecting(section, advice)
    section.form.field("toelichting").set_raw("eerst de dochter bellen")
    here = window.here()
    window.go(file_of(patient, "overzicht"))
    section.close_form()
    window.go(here)
    settle()
    assert section.form is not None
    assert section.form.field("toelichting").raw() == "eerst de dochter bellen"
