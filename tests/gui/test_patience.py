"""Guessing gets slower: three tries are free, then each wrong one doubles the wait."""

import threading

import pytest

from pzdesk.domain.errors import StoreBusy, WrongPassphrase
from pzdesk.gui import patience
from pzdesk.gui.jobs import Progress
from pzdesk.gui.patience import BUSY, Patience, seconds_after


def test_three_are_free_and_then_each_one_waits_twice_as_long_up_to_half_a_minute() -> None:
    assert [seconds_after(wrong) for wrong in range(10)] == [0, 0, 0, 1, 2, 4, 8, 16, 30, 30]


def test_only_a_wrong_passphrase_counts_and_the_wait_is_said() -> None:
    made = Patience()
    for _ in range(5):
        made.note(StoreBusy("bezet"))
    assert made.words == BUSY
    for _ in range(3):
        made.note(WrongPassphrase("mis"))
    assert made.words == "Na 3 keer mis eerst 1 tel wachten…"
    made.note(WrongPassphrase("mis"))
    assert made.words == "Na 4 keer mis eerst 2 tellen wachten…"


def test_closing_the_window_ends_the_wait_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "LONGEST_SECONDS", 3600)
    made, progress = Patience(), Progress()
    for _ in range(20):
        made.note(WrongPassphrase("mis"))
    waiting = threading.Thread(target=made.wait, args=(progress,))
    waiting.start()
    progress.stop.set()
    waiting.join(20)
    assert not waiting.is_alive()
