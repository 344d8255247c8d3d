"""The keeper: back-ups in time and at the end, one tried out every month, one put back in the window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pzdesk.domain.errors import StoreBusy
from pzdesk.domain.user import Role
from pzdesk.gui.bench import Bench, Said
from pzdesk.gui.desktop import Desktop
from pzdesk.gui.frame import Frame
from pzdesk.gui.jobs import Progress
from pzdesk.gui.keeper import Keeper
from pzdesk.gui.pages.settings.users import UsersPart
from pzdesk.gui.places import TODAY, Place
from pzdesk.services.desk import Desk
from pzdesk.store import verify
from tests import factories
from tests.conftest import Clock
from tests.gui.conftest import settle, shown_texts
from tests.gui.starting import looked_through, until


@pytest.fixture
def keeper(
    window_over: Callable[[Desk], Frame], demo_desk: Callable[[str], Desk], qtbot: QtBot
) -> Keeper:
    frame = window_over(demo_desk("poh"))
    until(qtbot, lambda: not frame.bench.jobs.is_busy)
    return Keeper(frame.bench, frame)


def bench_of(keeper: Keeper) -> Bench:
    return keeper._bench


def wait(qtbot: QtBot, keeper: Keeper) -> None:
    until(qtbot, lambda: not bench_of(keeper).jobs.is_busy)


def test_it_makes_one_when_it_is_due_then_tries_it_out_and_then_rests(
    keeper: Keeper, qtbot: QtBot
) -> None:
    backups = bench_of(keeper).desk.backups
    keeper.look()
    wait(qtbot, keeper)
    assert len(backups.all()) == 1
    keeper.look()
    wait(qtbot, keeper)
    assert backups.state.rehearsed is not None
    keeper.look()
    assert not bench_of(keeper).jobs.is_busy


def test_a_back_up_that_fails_is_told_once_and_tried_again_after_half_an_hour(
    keeper: Keeper, qtbot: QtBot, clock: Clock
) -> None:
    bench = bench_of(keeper)
    said: list[Said] = []
    bench.said.connect(said.append)
    keys_file = bench.desk.session.store.folder / "keys.json"
    whole = keys_file.read_bytes()
    keys_file.write_text("{}", encoding="utf-8")
    for _ in range(3):
        keeper.look()
        wait(qtbot, keeper)
        clock.forward(minutes=1)
    assert [one.is_error for one in said] == [True]
    keys_file.write_bytes(whole)
    clock.forward(minutes=30)
    keeper.look()
    wait(qtbot, keeper)
    assert len(bench.desk.backups.all()) == 1


def test_while_something_else_is_done_it_waits(keeper: Keeper, qtbot: QtBot) -> None:
    bench = bench_of(keeper)
    bench.job("Iets anders", lambda _: None, done=lambda _: None)
    keeper.look()
    wait(qtbot, keeper)
    assert bench.desk.backups.all() == ()


def test_closing_keeps_what_has_changed_and_locking_only_when_one_is_due(
    keeper: Keeper, clock: Clock
) -> None:
    backups, patients = bench_of(keeper).desk.backups, bench_of(keeper).desk.patients
    assert keeper.leave(for_good=False)(Progress()) == ""
    patients.add(factories.a_patient())
    assert keeper.leave(for_good=False)(Progress()) == ""
    assert len(backups.all()) == 1
    assert keeper.leave(for_good=True)(Progress()) == ""
    assert len(backups.all()) == 2
    clock.forward(hours=1)
    patients.rows()
    keeper.leave(for_good=False)(Progress())
    assert len(backups.all()) == 3


def test_what_went_wrong_at_the_end_is_said(keeper: Keeper) -> None:
    store = bench_of(keeper).desk.session.store
    (store.folder / "keys.json").write_text("{}", encoding="utf-8")
    assert "keys.json" in keeper.leave(for_good=True)(Progress())


def test_a_file_that_is_damaged_is_told_and_nothing_is_saved_in_it(
    keeper: Keeper, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = bench_of(keeper)
    said: list[Said] = []
    bench.said.connect(said.append)
    monkeypatch.setattr(verify, "damage", lambda _: ["De database is van binnen beschadigd."])
    keeper.start()
    wait(qtbot, keeper)
    assert said[-1].is_error
    assert "Er kan niets worden opgeslagen" in said[-1].sentence
    with pytest.raises(StoreBusy):
        bench.desk.patients.add(factories.a_patient())


@pytest.fixture
def desktop(
    light: None,
    qapp: QApplication,
    demo_desk: Callable[[str], Desk],
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[Desktop]:
    """The demo practice, open for a beheerder who is also POH."""
    desk = demo_desk("beheer")
    both = next(user for user in desk.practice.users() if user.login == "beheer")
    desk.users.change_roles(both, (Role.BEHEERDER, Role.POH))
    made = Desktop(qapp, tmp_path / "lokaal", remembers=False)
    from pzdesk.services import opening

    key, folder = desk.session.store.data_key(), desk.session.store.folder
    desk.session.close()
    made._enter(opening.open_with_key(folder, key, "beheer", clock=desk.session.clock))
    looked_through(made, qtbot)
    yield made
    made.finish()


def test_a_back_up_is_put_back_in_the_window_and_the_former_can_come_back(
    desktop: Desktop, qtbot: QtBot
) -> None:
    assert desktop.frame is not None
    desk = desktop.frame.bench.desk
    made = desk.backups.make()
    before = len(desk.patients.rows(everybody=True))
    desk.patients.add(factories.a_patient())
    poh = next(one for one in desk.practice.users() if one.login == "poh")
    desk.users.change_roles(poh, (Role.POH, Role.ASSISTENTE))

    def put_back(path: Path) -> Desk:
        assert desktop.frame is not None
        was = desktop.frame
        was.bench.restore_asked.emit(path)
        until(qtbot, lambda: desktop.frame is not None and desktop.frame is not was)
        settle()
        assert desktop.frame is not None
        return desktop.frame.bench.desk

    desk = put_back(made.path)
    assert len(desk.patients.rows(everybody=True)) == before
    assert desktop.frame.place.section == "back-up"
    said = desktop.frame.bar.words.text()
    assert "komen gebruikers en rollen van toen terug" in said
    assert poh.name in said
    desktop.frame.bar.act.click()
    assert desktop.frame.place.section == "gebruikers"
    former = next(one for one in desk.backups.all() if one.path != made.path)
    assert len(put_back(former.path).patients.rows(everybody=True)) == before + 1


def test_who_gives_up_the_own_role_goes_on_with_what_is_left(
    desktop: Desktop, qtbot: QtBot
) -> None:
    was = desktop.frame
    assert was is not None
    baas = next(one for one in was.bench.desk.practice.users() if one.login == "deboer")
    was.bench.desk.users.change_roles(baas, (Role.HUISARTS, Role.BEHEERDER))
    was.go(Place(page="beheer", section="gebruikers"))
    (users,) = was.findChildren(UsersPart)
    users._begin_roles(was.bench.desk.session.user)
    assert users.form is not None
    users.form.field("rol").set_raw("poh")
    users.form.try_save()
    until(qtbot, lambda: desktop.frame is not None and desktop.frame is not was)
    looked_through(desktop, qtbot)
    frame = desktop.frame
    assert frame is not None
    assert frame.place == TODAY
    assert frame.bar.words.text() == "Uw rollen zijn gewijzigd: u werkt nu als POH."
    assert frame.bench.desk.session.user.roles == (Role.POH,)
    frame.bench.desk.actions.add(who="POH", what="bellen")
    read = " ".join(shown_texts(frame))
    assert "wordt gelezen" not in read
    assert "gewijzigd sinds u" not in read
