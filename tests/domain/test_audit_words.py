"""The log in words."""

from dataclasses import replace

from pzdesk.domain.audit import AuditEvent, AuditRow, What
from pzdesk.domain.audit_words import NOBODY, WORDS, actor_words, line_words
from pzdesk.domain.user import UserId

REFUSED = AuditRow(
    sequence=1,
    at="2026-11-24T09:00:00.000Z",
    offset_minutes=60,
    event=AuditEvent.OPENING_REFUSED,
    what=What.EXECUTE,
    outcome="geweigerd",
    user_id=UserId(1),
    login="deboer",
    roles="",
    on_behalf_of="",
    patient_id=None,
    object_kind="wachtzin",
    object_id=None,
    count=1,
    head="",
)


def test_every_event_has_words_of_its_own_that_follow_a_name() -> None:
    assert set(WORDS) == set(AuditEvent)
    assert len(set(WORDS.values())) == len(WORDS)
    assert all(words.startswith("heeft ") for words in WORDS.values())


def test_a_wrong_passphrase_is_told_in_a_sentence_also_where_nobody_knows_whose() -> None:
    another = ", of een ander deed dat met deze gebruikersnaam"
    stranger = replace(REFUSED, login=NOBODY, user_id=UserId(0))
    namesake = replace(REFUSED, login=NOBODY)
    told = [
        f"{actor_words(line)} {line_words(line)}"
        for line in (REFUSED, replace(REFUSED, count=3), stranger, replace(stranger, count=2))
    ]
    assert told == [
        f"deboer heeft een verkeerde wachtzin getypt{another}",
        f"deboer heeft 3 keer een verkeerde wachtzin getypt{another}",
        "iemand heeft een gebruikersnaam getypt die hier niet bestaat",
        "iemand heeft 2 keer een gebruikersnaam getypt die hier niet bestaat",
    ]
    assert f"{actor_words(namesake)} {line_words(namesake)}" == f"onbekend {told[0][7:]}"
