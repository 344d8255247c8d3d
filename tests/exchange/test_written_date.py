"""Birth dates as they are written, and those that are never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pzdesk.domain.errors import BadInput
from pzdesk.domain.person import dutch_date, long_date
from pzdesk.exchange.written_date import read_birth_date, writes_month_first

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "04-03-1941",
        "4-3-1941",
        "04/03/1941",
        "04.03.1941",
        "4 - 3 - 1941",
        "1941-03-04",
        "1941-3-4",
        "1941/03/04",
        "19410304",
        "04031941",
        "4 maart 1941",
        "4 mrt 1941",
        "04-mrt-1941",
        "04-Mar-1941",
        "04-03-1941 0:00:00",
        "04-03-1941 00:00",
        "04-03-1941 12:00 AM",
        "04-03-1941 13:45:10",
        "1941-03-04T00:00:00",
        "1941-03-04T00:00:00.000Z",
        "1941-03-04T00:00:00+02:00",
    ],
)
def test_a_day_is_understood_however_it_is_written(text: str) -> None:
    assert read_birth_date(text, TODAY) == date(1941, 3, 4)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "ontbreekt"),
        ("14-03-41", "jaartal van twee cijfers"),
        ("14/3/'41", "jaartal van twee cijfers"),
        ("14-mrt-41", "jaartal van twee cijfers"),
        ("140341", "jaartal van twee cijfers"),
        ("31-02-1941", "“31-02-1941” bestaat niet"),
        ("29-02-1941", "bestaat niet"),
        ("1941-02-31", "bestaat niet"),
        ("31021941", "bestaat niet"),
        ("03-14-1941", "staan dag en maand omgekeerd"),
        ("00-03-1941", "niet bekend"),
        ("00-00-1941", "niet bekend"),
        ("00-00-0000", "niet bekend"),
        ("00000000", "bestaat niet|niet bekend"),
        ("23-11-2026", "in de toekomst"),
        ("14-03-2941", "in de toekomst"),
        ("01-01-1900", "120 jaar"),
        ("onbekend", "geen datum"),
        ("#########", "geen datum"),
        ("15049.5", "geen datum"),
        ("1031941", "geen datum"),
        ("14-03/1941", "geen datum"),
        ("14 foo 1941", "geen datum"),
        ("14-03-1941 en later", "geen datum"),
        ("1941-03-13T23:00:00Z", "geen datum"),
        ("x" * 5000, "geen datum"),
    ],
)
def test_a_date_that_cannot_be_or_would_be_guessed_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as told:
        read_birth_date(text, TODAY)
    assert told.value.field == "geboortedatum"
    assert len(str(told.value)) < 250


days = st.integers(0, 119 * 365).map(lambda back: TODAY - timedelta(days=back))


@given(days)
def test_every_day_of_a_lifetime_is_read_back_in_every_form(day: date) -> None:
    forms = (
        dutch_date(day),
        f"{day.day}-{day.month}-{day.year}",
        day.isoformat(),
        day.strftime("%d%m%Y"),
        day.strftime("%Y%m%d"),
        f"{dutch_date(day)} 00:00:00",
        long_date(day).partition(" ")[2],
    )
    assert [read_birth_date(form, TODAY) for form in forms] == [day] * len(forms)


def test_a_list_that_writes_the_month_first_gives_itself_away() -> None:
    assert writes_month_first(["03/14/1941", "03/04/1941", "12/31/1950", "onbekend", ""])
    assert not writes_month_first(["03/14/1941", "03/04/1941", "31/12/1950", "12/31/1950"])
    assert not writes_month_first(["03/14/1941", "03/04/1941"])
    assert not writes_month_first(["1941-03-14", "19410314"])


def test_in_such_a_list_a_date_with_two_meanings_is_refused() -> None:
    with pytest.raises(BadInput, match="maand vóór de dag"):
        read_birth_date("03/04/1941", TODAY, month_first=True)
    assert read_birth_date("04/04/1941", TODAY, month_first=True) == date(1941, 4, 4)
    assert read_birth_date("1941-03-04", TODAY, month_first=True) == date(1941, 3, 4)


@given(st.text() | st.from_regex(r"[0-9]{1,4}[-/. ][0-9]{1,2}[-/. ][0-9]{2,4}", fullmatch=True))
def test_any_text_gives_a_day_in_a_lifetime_or_a_sentence(text: str) -> None:
    try:
        day = read_birth_date(text, TODAY)
    except BadInput:
        return
    assert 0 <= TODAY.year - day.year <= 120
    assert str(day.year) in text
