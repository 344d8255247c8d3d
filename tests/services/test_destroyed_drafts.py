"""Of which place a draft is, and whether what it is about was destroyed."""

import pytest

from pzdesk.services.destroyed_drafts import Gone, is_of_somebody

GONE = Gone(
    patients=frozenset({7}),
    rows=frozenset({"naaste:3", "review:3", "advice:3", "status:3", "follow_up:3"}),
    absent=frozenset({"action:5", "agenda_item:5"}),
)


@pytest.mark.parametrize(
    "place",
    [
        *("dossier-7-pzp-nieuw", "patient-7", "actie-5", "mdo-notities-5", "mdo-inbreng-5"),
        *("dossier-8-netwerk-naaste-3", "dossier-8-reviews-afronden-3", "dossier-8-mdo-afwijzen-3"),
        *("dossier-8-overzicht-intrekken-3", "dossier-8-mantelzorg-niet-nu-3"),
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
        *(
            "dossier-8-netwerk-naaste-4",
            "dossier-8-reviews-afronden-4",
            "beheer-regio-organisatie-5",
        ),
    ],
)
def test_a_draft_about_anything_else_is_kept(place: str) -> None:
    assert not GONE.holds(place)
    assert not Gone(absent=frozenset({"action:6", "agenda_item:6"})).holds(place)
