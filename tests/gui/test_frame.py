"""Around the pages: what was saved when, where Esc leads, and that nothing of a patient is said there."""

from collections.abc import Callable

from pzdesk.domain.patient import PatientId
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.frame import LEAST_HEIGHT, LEAST_WIDTH, Frame
from pzdesk.gui.places import ACTIONS, PATIENTS, TODAY, file_of
from pzdesk.gui.theme import Look, theme
from pzdesk.services.desk import Desk
from tests.conftest import Clock
from tests.gui.conftest import settle, shown_texts


def add_action(frame: Frame, what: str, who: str = "") -> None:
    desk = frame.bench.desk
    frame.bench.act(
        lambda: desk.actions.add(who=who or desk.session.user.name, what=what),
        said=f"Actie toegevoegd: {what}",
        change=Change(Topic.ACTION),
    )


def test_the_status_line_says_when_something_was_saved_and_not_what(
    window: Frame, clock: Clock
) -> None:
    window.go(TODAY)
    assert not window.saved.isVisible()
    window.bench.tell("Gekopieerd")
    assert not window.saved.isVisible()
    add_action(window, "mevrouw Bosma bellen")
    assert (window.saved.text(), window.saved.isVisible()) == ("Opgeslagen 14.05", True)
    clock.forward(minutes=8)
    window.bench.undo_last()
    add_action(window, "nog eens")
    assert window.saved.text() == "Opgeslagen 14.13"
    assert "Bosma" not in " ".join(shown_texts(window.status))


def test_another_scale_keeps_when_something_was_saved(window: Frame) -> None:
    window.go(TODAY)
    add_action(window, "bellen")
    theme().use(Look.LIGHT, 110)
    settle()
    assert window.saved.text() == "Opgeslagen 14.05"
    assert window.saved.isVisible()


def test_the_longest_name_of_a_practice_does_not_widen_the_window(
    window_over: Callable[[Desk], Frame], desk: Desk
) -> None:
    from dataclasses import replace

    name = "Gezondheidscentrum en apotheekhoudende huisartsenpraktijk " * 3
    desk.practice.change(replace(desk.practice.practice(), name=name.strip()))
    frame = window_over(desk)
    frame.resize(LEAST_WIDTH, LEAST_HEIGHT)
    frame.go(TODAY)
    settle()
    assert frame.width() == LEAST_WIDTH
    assert "F1 hulp" in frame.hints.text()
    assert frame.hints.width() >= frame.hints.sizeHint().width()


def test_the_counts_in_the_rail_are_what_the_pages_then_show(window: Frame) -> None:
    window.go(TODAY)
    mine = window.page.mine.text()  # type: ignore[attr-defined]
    assert mine == f"Mijn taken {window.rail._counts['vandaag'].text()}"
    window.go(ACTIONS)
    mine = window.page.mine.text()  # type: ignore[attr-defined]
    assert mine == f"Mijn acties {window.rail._counts['acties'].text()}"
    assert len(window.page.table.values.rows) == int(window.rail._counts["acties"].text())  # type: ignore[attr-defined]


def test_only_where_this_user_must_act_stands_a_count(window: Frame) -> None:
    shown = {key for key, count in window.rail._counts.items() if count.isVisibleTo(window.rail)}
    assert shown == {"vandaag", "acties"}


def test_a_count_follows_what_was_done(window: Frame, qtbot: object) -> None:
    window.go(TODAY)
    before = int(window.rail._counts["acties"].text())
    add_action(window, "bellen")
    qtbot.waitUntil(  # type: ignore[attr-defined]
        lambda: int(window.rail._counts["acties"].text()) == before + 1, timeout=3000
    )
    add_action(window, "bellen", who="F. Hoekstra")
    qtbot.waitUntil(  # type: ignore[attr-defined]
        lambda: not window._counting.isActive() and not window.bench.jobs.is_busy, timeout=3000
    )
    assert int(window.rail._counts["acties"].text()) == before + 1


def test_esc_goes_back_the_way_the_user_came(window: Frame) -> None:
    for place in (TODAY, PATIENTS, ACTIONS):
        window.go(place)
    window.back()
    assert window.place == PATIENTS
    window.back()
    assert window.place == TODAY
    window.back()
    assert window.place == TODAY


def test_a_page_that_this_user_does_not_have_changes_nothing(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk]
) -> None:
    frame = window_over(demo_desk("beheer"))
    frame.go(TODAY)
    frame.go(file_of(PatientId(1)))
    assert frame.place == TODAY


def test_the_status_line_says_when_the_last_back_up_was_and_that_it_was_checked(
    window: Frame, qtbot: object
) -> None:
    assert window.backup.text() == "Nog geen back-up"
    made = window.bench.desk.backups.make()
    window.bench.changes.tell(Change(Topic.BACKUP))
    words = f"Back-up vandaag {made.about.made_at:%H.%M} uur, gecontroleerd"
    qtbot.waitUntil(lambda: window.backup.text() == words, timeout=20_000)  # type: ignore[attr-defined]
    assert window.saved.isHidden(), "nobody saved anything"
