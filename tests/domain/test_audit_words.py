"""The log in words."""

from pzdesk.domain.audit import AuditEvent
from pzdesk.domain.audit_words import WORDS


def test_every_event_has_words_of_its_own_that_follow_a_name() -> None:
    assert set(WORDS) == set(AuditEvent)
    assert len(set(WORDS.values())) == len(WORDS)
    assert all(words.startswith("heeft ") for words in WORDS.values())
