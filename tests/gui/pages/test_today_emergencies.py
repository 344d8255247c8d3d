"""Vandaag shows emergency access to who has to see it, until they say that they did."""

from collections.abc import Callable

from pzdesk.gui.frame import Frame
from pzdesk.gui.pages.today import TodayPage
from pzdesk.gui.places import TODAY
from pzdesk.services.desk import Desk
from tests.gui.conftest import settle, shown_texts
from tests.gui.hands import Hands
from tests.gui.views import rich_patient


def test_the_responsible_clinician_sees_who_and_why_until_it_is_said_to_be_seen(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    reception = demo_desk("vandam")
    reception.emergencies.open(rich_patient(reception), "dochter belt in paniek")
    others = {login: demo_desk(login).emergencies.to_see() for login in ("kaya", "poh", "beheer")}
    assert [login for login, found in others.items() if found] == ["beheer"]

    hands = Hands(window_over(demo_desk("deboer")))
    hands.frame.go(TODAY)
    settle()
    page = hands.frame.page
    assert isinstance(page, TodayPage)
    said = shown_texts(page.notices)
    assert any(
        "L. van Dam (doktersassistente) opende het dossier van Mw. A.M. Jansen" in one
        for one in said
    )
    assert "“dochter belt in paniek”" in said
    before = int(hands.frame.rail._counts["vandaag"].text())
    assert page.mine.text() == f"Mijn taken {before}"
    assert len(page.rows) < before, "what is to be seen counts too, above the lines"
    hands.enter("Gezien: noodtoegang van L. van Dam")
    assert not page.notices.isVisible()
    assert page.mine.text() == f"Mijn taken {before - 1}"
    assert hands.frame.rail._counts["vandaag"].text() == str(before - 1), "at once, as on the page"
    page.reload()
    settle()
    assert not page.notices.isVisible()
