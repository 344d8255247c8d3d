"""Reports of errors: types and places in our code, and nothing of what they were about."""

from pathlib import Path

import pytest

from pzdesk.domain.person import dutch_date
from pzdesk.services import reports
from pzdesk.services.reports import ErrorLog, report_of

SECRET = "Jansen-Wezelenburg"
NOTHING: dict[str, str] = {}


def problem() -> BaseException:
    """An error of our own code, about somebody, caused by another one."""
    try:
        try:
            NOTHING[SECRET]
        except KeyError as first:
            dutch_date(SECRET)  # type: ignore[arg-type]
            raise AssertionError from first
    except Exception as found:
        return found
    raise AssertionError


def test_a_report_has_types_and_places_and_no_word_of_what_went_wrong() -> None:
    report = report_of(problem())
    assert report.splitlines()[0] == "builtins.AttributeError"
    assert "door builtins.KeyError" in report
    assert "  pzdesk/domain/person.py:" in report
    assert "Jansen" not in report


def test_an_error_that_causes_itself_ends() -> None:
    found = problem()
    found.__cause__ = found
    assert report_of(found).count("AttributeError") == 1


def test_the_newest_reports_come_first_and_nothing_else_comes_through(tmp_path: Path) -> None:
    log = ErrorLog(tmp_path / "lokaal" / "fouten.log")
    log.keep(report_of(ValueError(SECRET)))
    log.keep(report_of(problem()))
    log.keep("Qt waarschuwing: QFoo::bar (default)")
    with log.path.open("a", encoding="utf-8") as file:
        file.write(f"{SECRET} belde om 9.00\n/home/jansen/praktijk\n999990019\n\n")
    newest = log.newest()
    assert "Qt waarschuwing: QFoo::bar (default)" in newest[0]
    assert "pzdesk/domain/person.py" in newest[1]
    assert "builtins.ValueError" in newest[2]
    assert len(newest) == 3, "what has no line of that shape is no report"
    assert not any(mark in "".join(newest) for mark in ("Jansen", "jansen", "belde", "9999"))


def test_every_line_of_a_report_has_the_shape_of_one() -> None:
    for line in report_of(problem()).splitlines():
        assert any(shape.fullmatch(line) for shape in reports._SHAPES), line


def test_a_long_log_becomes_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "MOST_BYTES", 10)
    log = ErrorLog(tmp_path / "fouten.log")
    log.keep("builtins.KeyError")
    log.keep("builtins.ValueError")
    assert "ValueError" in log.path.read_text(encoding="utf-8")
    assert "KeyError" in log.path.with_suffix(".oud").read_text(encoding="utf-8")
    assert "ValueError" in log.newest()[0]


def test_a_log_that_cannot_be_written_or_read_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "vol").write_text("geen map")
    log = ErrorLog(tmp_path / "vol" / "fouten.log")
    log.keep("builtins.KeyError")
    assert log.newest() == []
