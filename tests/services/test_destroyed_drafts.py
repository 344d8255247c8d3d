"""Of which place a draft is, and whether what it is about was destroyed."""

import pytest

from pzdesk.services.destroyed_drafts import Gone, begins_with, is_of_somebody

PARTS = ("naaste:3", "review:3", "advice:3", "status:3", "follow_up:3", "statement:3")
GONE = Gone(
    patients=frozenset({7}),
    rows=frozenset({*((8, row) for row in PARTS), (0, "action:5"), (0, "agenda_item:5")}),
)


@pytest.mark.parametrize(
    "place",
    [
        *("dossier-7-pzp-nieuw", "patient-7", "actie-5", "mdo-notities-5", "mdo-inbreng-5"),
        *("dossier-8-netwerk-naaste-3", "dossier-8-reviews-afronden-3", "dossier-8-mdo-afwijzen-3"),
        *("dossier-8-overzicht-intrekken-3", "dossier-8-mantelzorg-niet-nu-3"),
        *("dossier-8-mantelzorg-screenen-3-csi", "dossier-8-tijdlijn-verklaring-ingetrokken-3"),
    ],
)
def test_a_draft_about_what_was_destroyed_is_known_by_its_place(place: str) -> None:
    assert GONE.holds(place)
    assert is_of_somebody(place)


@pytest.mark.parametrize(
    "place",
    [
        *("dossier-8-pzp-nieuw", "patient-8", "patient-nieuw", "actie-6", "actie-nieuw"),
        *("mdo-notities-6", "mdo-overleg-5", "mdo-erbij-5", "mdo-nieuw", "lijst-inlezen"),
        *("dossier-8-netwerk-naaste-4", "dossier-8-reviews-afronden-4"),
        # A number that was given again, to somebody else.
        *("dossier-9-netwerk-naaste-3", "dossier-9-mdo-afronden-5", "beheer-regio-organisatie-5"),
    ],
)
def test_a_draft_about_anything_else_is_kept(place: str) -> None:
    assert not GONE.holds(place)


@pytest.mark.parametrize(
    ("place", "begins"),
    [
        ("dossier-8-pzp-nieuw", True),
        ("dossier-8-pzp-verbeteren-2", True),
        ("dossier-8-pzp-verzoek", False),
        ("dossier-8-acuut-plan", False),
        ("dossier-88-pzp-nieuw", False),
        ("pzp-nieuw", False),
    ],
)
def test_a_form_that_begins_with_what_stood_there_goes_with_it(place: str, begins: bool) -> None:  # noqa: FBT001
    assert begins_with(place, 8, ("pzp_version", "former")) is begins
    assert not begins_with(place, 8, ("assessment",))
