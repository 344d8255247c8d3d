"""Wrong passphrases are counted beside a closed practice; what is no count counts for nothing."""

import os
import stat
from pathlib import Path

import pytest

from pzdesk.store import refusals
from tests.factories import NOW


def test_each_login_has_its_own_count_and_the_last_moment(tmp_path: Path) -> None:
    for login in ("poh", "poh", ""):
        refusals.note(tmp_path, login, NOW)
    found = {one.login: (one.count, one.last) for one in refusals.noted(tmp_path)}
    assert found == {"poh": (2, NOW), "": (1, NOW)}
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / refusals.FILE).stat().st_mode) == 0o600
    refusals.forget(tmp_path)
    assert refusals.noted(tmp_path) == []
    refusals.forget(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[1]", '[{"login": "x"}]', "[" * 5000),
        '[{"login":"x","count":1,"last":"2026-11-24T10:00:00"}]',
        '[{"login":"x","count":1,"last":"0001-01-01T00:00:00+14:00"}]',
        '[{"login":"\\ud800","count":1,"last":"2026-11-24T10:00:00Z"}]',
        *(
            f'[{{"login":"x","count":{count},"last":"2026-11-24T10:00:00Z"}}]'
            for count in ("1e400", "-5", "0", "9" * 30, "true", '"1"')
        ),
    ],
)
def test_what_is_damaged_is_nothing_and_is_counted_on_from(text: str, tmp_path: Path) -> None:
    (tmp_path / refusals.FILE).write_text(text, encoding="utf-8")
    assert refusals.noted(tmp_path) == []
    refusals.note(tmp_path, "poh", NOW)
    assert [one.count for one in refusals.noted(tmp_path)] == [1]


def test_a_folder_that_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    refusals.note(tmp_path / "weg", "poh", NOW)
    assert refusals.noted(tmp_path / "weg") == []
