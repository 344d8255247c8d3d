"""What can be asked of the log: every line has one kind, and every kind finds its own."""

from pzdesk.domain.audit import AuditEvent, What
from pzdesk.domain.audit_log import LogKind, asked_of, kind_of


def test_every_act_is_found_under_its_own_kind_and_no_other() -> None:
    for event in AuditEvent:
        for what in What:
            kinds = [
                kind for kind in LogKind if event in asked_of(kind)[0] and what in asked_of(kind)[1]
            ]
            assert kinds == [kind_of(event, what)], (event, what)


def test_reading_and_recording_are_told_apart_by_what_was_done() -> None:
    assert kind_of(AuditEvent.FILE_READ, What.READ) is LogKind.READ
    assert kind_of(AuditEvent.ASSESSED, What.CREATE) is LogKind.CHANGED
    assert kind_of(AuditEvent.PREVIEWED, What.READ) is LogKind.PAPER
    assert kind_of(AuditEvent.STORE_OPENED, What.EXECUTE) is LogKind.ACCESS
    assert kind_of(AuditEvent.EMERGENCY_OPENED, What.EXECUTE) is LogKind.EMERGENCY
    assert kind_of(AuditEvent.REFUSED, What.EXECUTE) is LogKind.REFUSED
