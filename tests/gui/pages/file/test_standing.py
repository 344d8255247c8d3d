"""Stand en verloop: what holds of each kind, since when, said by whom, and what held before."""

from datetime import timedelta

from pzdesk.domain.patient import PatientId
from pzdesk.domain.status import Complexity, Phase, Status, StatusKind
from pzdesk.gui.pages.file.standing import StandingCard, row_words, standing_card
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle, shown_texts
from tests.gui.hands import Hands


def test_what_is_not_known_can_be_recorded_at_once(hands: Hands, new_patient: PatientId) -> None:
    hands.open_file(new_patient)
    hands.enter("Vastleggen: complexiteit")
    assert hands.dossier.section.open_act == "complexiteit"


def test_what_held_before_stands_beneath_and_what_was_taken_back_does_not(
    hands: Hands, new_patient: PatientId, desk_now: Desk
) -> None:
    patients, today = desk_now.patients, desk_now.session.today
    made = [
        patients.record_status(
            new_patient, StatusKind.PHASE, phase, since=today - timedelta(days=days)
        )
        for phase, days in ((Phase.DISEASE, 30), (Phase.TERMINAL, 20), (Phase.SYMPTOM, 10))
    ]
    patients.retract_status(new_patient, made[1].id, "vergissing")
    hands.open_file(new_patient)
    assert "symptoomgericht" in hands.read
    assert "sinds 14-11-2026, volgens M. Wiersma" in hands.read
    assert "eerder: ziektegericht (25-10-2026)" in hands.read


def test_a_row_in_one_line_says_kind_value_and_since(
    desk_now: Desk, new_patient: PatientId
) -> None:
    made = desk_now.patients.record_status(
        new_patient, StatusKind.COMPLEXITY, Complexity.HIGH, since=desk_now.session.today
    )
    file = desk_now.patients.file(new_patient)
    assert row_words(file, made) == "complexiteit hoog complex sinds 24-11-2026"


def test_in_a_narrow_place_the_kind_stands_above_what_holds(
    hands: Hands, rich: PatientId, desk_now: Desk
) -> None:
    asked: list[Status] = []
    card = standing_card(hands.frame.bench, desk_now.patients.file(rich), asked.append)
    assert isinstance(card, StandingCard)
    card.show()
    seen = []
    for width in (700, 300):
        card.resize(width, 900)
        settle()
        name, told, button = card._lines[0]
        seen.append(told.y() > name.y())
    assert seen == [False, True]
    assert button is not None
    button.click()
    assert [row.kind for row in asked] == [StatusKind.PHASE]
    assert "Beslissen" in shown_texts(card)
    card.deleteLater()
