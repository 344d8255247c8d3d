"""The log for a spreadsheet: every cell is text."""

import csv
import io

from pzdesk.exchange.log_csv import log_csv


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_rows_come_back_as_they_were() -> None:
    rows = [["24-11-2026", 'Şahin; "zei"', "ĳ"], ["", "twee\nregels", "x"]]
    assert read(log_csv(["a", "b", "c"], rows)) == [["a", "b", "c"], *rows]


def test_no_cell_starts_a_formula() -> None:
    hostile = ["=1+1", "+31612345678", "-2", "@som", "\tx", "\rx"]
    (_, row) = read(log_csv(["a"] * 6, [hostile]))
    assert row == [f"'{cell}" for cell in hostile]
