"""The audit log as a table for a spreadsheet; no cell of it can start a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def log_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with its mark, semicolons between, as Dutch spreadsheets read it."""
    out = io.StringIO(newline="")
    made = csv.writer(out, delimiter=";", lineterminator="\r\n")
    made.writerow(columns)
    made.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
