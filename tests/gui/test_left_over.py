"""What was typed and not saved is told when pzdesk opens again, without a name, with the way back to it."""

from datetime import datetime

import pytest

from pzdesk.domain.patient import PatientId
from pzdesk.gui.frame import Frame
from pzdesk.gui.left_over import BACK, place_of, said_of, tell_left_over
from pzdesk.gui.places import Place, file_of
from pzdesk.services.drafts import Draft
from tests.gui.conftest import settle
from tests.gui.views import rich_patient

PAGES = ("vandaag", "patienten", "mdo", "acties", "dossier", "beheer")
WHEN = datetime.fromisoformat("2026-11-24T14:05:00+01:00")
DRAFT = Draft({"zin": "een halve zin"}, WHEN)


@pytest.mark.parametrize(
    ("draft", "place"),
    [
        ("dossier-12-mdo-actie", file_of(PatientId(12), "mdo", "actie")),
        ("dossier-12-reviews-afronden-7", file_of(PatientId(12), "reviews", "afronden-7")),
        ("patient-12", file_of(PatientId(12), "overzicht", "gegevens")),
        ("patient-nieuw", Place(page="patienten", act="new")),
        ("actie-nieuw", Place(page="acties", act="new")),
        ("actie-7", Place(page="acties", act="afronden-7")),
        ("beheer-regels-regels", Place(page="beheer", section="regels", act="regels")),
        ("beheer-gebruikers-rollen-3", Place(page="beheer", section="gebruikers", act="rollen-3")),
        ("mdo-nieuw", Place(page="mdo", act="new")),
        ("mdo-overleg-4", Place(page="mdo", act="wijzigen-4")),
        ("mdo-erbij-4", Place(page="mdo", section="voorbereiden", meeting=4, act="new")),
    ],
)
def test_every_kind_of_draft_has_its_way_back(draft: str, place: Place) -> None:
    found = place_of(draft)
    assert found is not None
    assert found[1] == place


def test_what_is_shown_by_itself_where_it_was_typed_is_not_told() -> None:
    assert place_of("mdo-notities-4") is None
    assert said_of({"mdo-notities-4": DRAFT}, PAGES, print) is None


def test_the_last_one_is_told_with_how_many_there_are_more_and_nobody_is_named() -> None:
    one = {"dossier-12-mdo-actie": DRAFT}
    two = {**one, "actie-nieuw": DRAFT}
    three = {**two, "mdo-nieuw": DRAFT}
    said = [said_of(left, PAGES, print) for left in (one, two, three)]
    form = "een formulier in een dossier (MDO en acties)"
    begin = f"Nog niet opgeslagen: {form}, getypt op 24-11 om 14.05 uur."
    assert [told.sentence if told else "" for told in said] == [
        begin,
        f"{begin} Er is nog een ander concept.",
        f"{begin} Er zijn nog 2 andere concepten.",
    ]


def test_nothing_is_told_about_a_page_that_this_user_does_not_have() -> None:
    assert said_of({"dossier-12-mdo-actie": DRAFT}, ("vandaag",), print) is None


def test_the_button_of_the_bar_goes_there_and_the_sentence_is_back(window: Frame) -> None:
    patient = rich_patient(window.bench.desk)
    window.bench.desk.drafts.keep(f"dossier-{patient}-mdo-actie", {"what": "een halve zin"})
    window.go(Place(page="vandaag"))
    tell_left_over(window.bench, window.page_keys)
    assert window.bar.act.text() == BACK
    assert window.bar.undo.isHidden()
    assert not window.bar._gone.isActive()
    window.go(file_of(patient, "mdo", "actie"))  # by another way: it is answered too
    settle()
    assert window.bar.line.isHidden()
    window.go(Place(page="vandaag"))
    tell_left_over(window.bench, window.page_keys)
    assert not window.bar.line.isHidden()
    window.bar.act.click()
    settle()
    assert window.place == file_of(patient, "mdo", "actie")
    form = window.page.section.form  # type: ignore[attr-defined]
    assert form.field("what").raw() == "een halve zin"
