"""Backups as a user meets them: made, thinned, tried out, copied to a second disk, and put back."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.errors import NotAllowed, Refused, StoreDamaged, WrongPassphrase
from pzdesk.domain.user import Role
from pzdesk.security import keys
from pzdesk.services import backups, opening
from pzdesk.services.backups import BackupService
from pzdesk.services.desk import Desk, desk_over
from pzdesk.services.session import Session
from pzdesk.store import audit
from pzdesk.store.folder import BACKUPS, DATABASE, KEYS
from tests import factories
from tests.conftest import Clock
from tests.services.test_users import SECRET, add, with_keys

__all__ = ["with_keys"]


@pytest.fixture
def service(with_keys: Desk) -> BackupService:
    return BackupService(with_keys.session)


def events(desk: Desk) -> list[AuditEvent]:
    return [row.event for row in desk.practice.log()]


def test_a_backup_lies_beside_the_store_and_leaves_one_line(
    service: BackupService, with_keys: Desk
) -> None:
    made = service.make()
    assert made.path.parent == with_keys.session.store.folder / BACKUPS
    assert service.all() == (made,)
    anchor, last = keys.read(with_keys.session.store.folder / KEYS).anchor, with_keys.practice.log()
    assert anchor is not None
    assert last[anchor.sequence - 1].event is AuditEvent.BACKED_UP
    assert last[anchor.sequence - 1].head == anchor.head
    assert events(with_keys).count(AuditEvent.BACKED_UP) == 1
    assert service.state.newest == made


def test_one_is_due_when_something_was_saved_and_half_an_hour_has_gone_by(
    service: BackupService, with_keys: Desk, clock: Clock
) -> None:
    assert service.state.is_due(clock.now)
    service.make()
    clock.forward(hours=5)
    assert not service.state.is_due(clock.now), "nothing was saved since"
    with_keys.patients.add(factories.a_patient())
    assert service.state.is_due(clock.now)
    service.make()
    with_keys.actions.add(who="POH", what="bellen")
    clock.forward(minutes=29)
    assert not service.state.is_due(clock.now)
    clock.forward(minutes=1)
    assert service.state.is_due(clock.now)


def test_a_second_folder_gets_its_own_copy_and_is_missed_after_a_week(
    service: BackupService, tmp_path: Path, clock: Clock
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    service.use_second(stick)
    assert "nog geen back-up" in service.state.warning(clock.now)
    service.make()
    assert len(list(stick.iterdir())) == 1
    assert len(service.all()) == 2
    assert not service.state.warning(clock.now)
    shutil.rmtree(stick)
    clock.forward(days=8)
    service.make()
    assert "Sluit de schijf of stick aan" in service.state.warning(clock.now)
    service.use_second(None)
    assert not service.state.warning(clock.now)


def test_a_second_folder_in_the_store_itself_is_refused(
    service: BackupService, with_keys: Desk
) -> None:
    with pytest.raises(Refused, match="buiten de praktijk"):
        service.use_second(with_keys.session.store.folder)
    with pytest.raises(Refused, match="er niet"):
        service.use_second(Path("/nergens"))


def test_only_who_changes_settings_chooses_the_second_folder(
    with_keys: Desk, tmp_path: Path
) -> None:
    user = factories.a_user(Role.POH)
    session = Session(with_keys.session.store, user, with_keys.session.clock)
    service = BackupService(session)
    with pytest.raises(NotAllowed):
        service.use_second(tmp_path)
    assert service.make().path.exists(), "everybody may make one"


def test_a_rehearsal_is_due_every_month_and_proves_the_newest(
    service: BackupService, clock: Clock
) -> None:
    with pytest.raises(Refused, match="nog geen back-up"):
        service.rehearse()
    assert not service.state.is_rehearsal_due(clock.now)
    made = service.make()
    assert service.state.is_rehearsal_due(clock.now)
    assert service.rehearse() == made
    assert not service.state.is_rehearsal_due(clock.now)
    clock.forward(days=31)
    assert service.state.is_rehearsal_due(clock.now)


def test_a_rehearsal_of_a_damaged_backup_says_so_and_does_not_count(
    service: BackupService,
) -> None:
    made = service.make()
    data = bytearray(made.path.read_bytes())
    data[len(data) // 2] ^= 1
    made.path.write_bytes(data)
    with pytest.raises(StoreDamaged):
        service.rehearse()
    assert service.state.rehearsed is None


def test_old_ones_are_thinned_out_after_a_new_one_was_proved(
    service: BackupService, with_keys: Desk, clock: Clock
) -> None:
    for _ in range(20):
        with_keys.actions.add(who="POH", what="bellen")
        service.make()
        clock.forward(days=1)
    assert 12 <= len(service.all()) < 20


def test_a_backup_opens_on_another_computer_with_a_passphrase_alone(
    service: BackupService, with_keys: Desk, tmp_path: Path
) -> None:
    add(with_keys)
    patient = with_keys.patients.add(factories.a_patient())
    made = service.make()
    assert backups.logins(made.path) == ("smit",)
    with pytest.raises(WrongPassphrase):
        backups.check(made.path, "smit", "een heel andere zin dan deze")
    assert backups.check(made.path, "smit", SECRET) == made
    there = tmp_path / "andere-pc" / "praktijk"
    restored = backups.restore(made.path, there, "smit", SECRET, clock=with_keys.session.clock)
    assert restored.aside is None
    session = opening.open_practice(there, "smit", SECRET, clock=with_keys.session.clock)
    desk = desk_over(session)
    assert [row.id for row in desk.patients.rows()] == [patient.id]
    assert not session.store.lost_events()
    session.close()


def test_over_a_practice_a_backup_is_put_back_by_a_beheerder_and_the_former_stays(
    service: BackupService, with_keys: Desk, clock: Clock
) -> None:
    add(with_keys)
    add(with_keys, login="baas", roles=(Role.BEHEERDER,))
    made = service.make()
    with_keys.patients.add(factories.a_patient())
    with_keys.users.remove("smit")
    folder = with_keys.session.store.folder
    with_keys.session.close()
    with pytest.raises(Refused, match="beheerder"):
        backups.restore(made.path, folder, "smit", SECRET, clock=clock)
    restored = backups.restore(made.path, folder, "baas", SECRET, clock=clock)
    assert restored.aside is not None
    assert (restored.aside / DATABASE).exists()
    assert restored.users == (
        "R. Smit was vertrokken en staat weer als gebruiker (POH en coördinator)",
    )
    session = opening.open_practice(folder, "baas", SECRET, clock=clock)
    desk = desk_over(session)
    assert desk.patients.rows() == []
    assert AuditEvent.RESTORED in events(desk)
    assert "Gebruiker deboer heeft geen sleutel meer." in desk.practice.verify()[:1]
    session.close()


def test_a_window_that_was_open_under_a_restore_saves_nothing_in_the_former_file(
    service: BackupService, with_keys: Desk, clock: Clock
) -> None:
    add(with_keys, login="baas", roles=(Role.BEHEERDER,))
    made = service.make()
    folder = with_keys.session.store.folder
    with_keys.session.store.lock.release()
    backups.restore(made.path, folder, "baas", SECRET, clock=clock)
    with pytest.raises(StoreDamaged, match="open haar opnieuw"):
        with_keys.patients.add(factories.a_patient())


def test_a_restore_that_was_killed_is_carried_on_by_the_next_opening(
    service: BackupService, with_keys: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(with_keys, login="baas", roles=(Role.BEHEERDER,))
    made = service.make()
    with_keys.patients.add(factories.a_patient())
    folder = with_keys.session.store.folder
    with_keys.session.close()
    real = os.replace

    def killed(source: Path, target: Path) -> None:
        if Path(source).name == DATABASE and Path(target).parent == folder:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        backups.restore(made.path, folder, "baas", SECRET, clock=clock)
    monkeypatch.setattr(os, "replace", real)
    assert not (folder / DATABASE).exists()
    assert "baas" in opening.logins(folder)
    session = opening.open_practice(folder, "baas", SECRET, clock=clock)
    assert desk_over(session).patients.rows() == []
    session.close()


def test_a_clock_that_was_set_back_never_makes_the_newest_backup_go(
    service: BackupService, with_keys: Desk, clock: Clock
) -> None:
    clock.forward(days=4000)
    ahead = service.make()
    clock.now -= timedelta(days=4000)
    for _ in range(20):
        with_keys.actions.add(who="POH", what="bellen")
        service.make()
        clock.forward(days=1)
    assert ahead.path.exists()


def test_before_it_is_put_back_it_says_what_would_change(
    service: BackupService, with_keys: Desk
) -> None:
    user = add(with_keys)
    made = service.make()
    with_keys.patients.add(factories.a_patient())
    back: list[str] = []
    then, now = service.compare(made.path, tell=back.extend)
    assert (then["patients"], now["patients"]) == (0, 1)
    assert then["log"] < now["log"]
    assert back == []
    with_keys.users.change_roles(user, (Role.POH,))
    service.compare(made.path, tell=back.extend)
    said = ["R. Smit is weer POH en coördinator, in plaats van POH"]
    assert back == said
    back.clear()
    again = backups.put_back(with_keys.session, made.path, tell=back.extend)
    again.close()
    assert back == said


def test_an_open_practice_puts_a_backup_back_and_goes_on_as_the_same_user(
    service: BackupService, with_keys: Desk, clock: Clock
) -> None:
    add(with_keys, login="baas", roles=(Role.BEHEERDER, Role.POH))
    folder = with_keys.session.store.folder
    with_keys.session.close()
    session = opening.open_practice(folder, "baas", SECRET, clock=clock)
    desk = desk_over(session)
    made = desk.backups.make()
    desk.patients.add(factories.a_patient())
    again = backups.put_back(session, made.path)
    assert again.user.login == "baas"
    assert desk_over(again).patients.rows() == []
    again.close()


def test_who_is_no_beheerder_puts_nothing_back(service: BackupService, with_keys: Desk) -> None:
    made = service.make()
    session = Session(with_keys.session.store, factories.a_user(Role.POH), with_keys.session.clock)
    with pytest.raises(NotAllowed):
        backups.put_back(session, made.path)
    assert with_keys.patients.rows() == []


def test_the_check_names_a_backup_that_knows_more_of_the_log(
    service: BackupService, with_keys: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = service.make()
    assert not any("kent regels" in fault for fault in with_keys.practice.verify())
    monkeypatch.setattr(audit, "head_at", lambda *_: None)  # as after a rollback of the folder
    told = f"De back-up van 24-11-2026 om {made.about.made_at:%H.%M} uur kent regels"
    assert any(fault.startswith(told) for fault in with_keys.practice.verify())
