"""Reading a paper back as somebody else's software does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from io import BytesIO
from typing import Any, TypeVar, cast

import pypdfium2
from pypdf import PdfReader

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sign:
    """One visible character on a page: where it stands, in points from the lower left, and how large."""

    page: int
    sign: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


def pages(pdf: bytes) -> list[str]:
    """The text of each page in the order in which it was written: column after column."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf), strict=True).pages]


def squeezed(words: str) -> str:
    """Text without its white space: where a line ends is no part of it."""
    return "".join(words.split())


def content(pdf: bytes) -> str:
    """All text of a paper without white space."""
    return squeezed("".join(pages(pdf)))


def lines_of(pdf: bytes) -> str:
    """As ``content`` but line by line across the columns; quicker, for a paper of one column."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        words = page.get_textpage()
        found.append(words.get_text_bounded())
        words.close()
        page.close()
    document.close()
    return squeezed("".join(found))


def signs(pdf: bytes) -> Iterator[Sign]:
    """Every visible character of a paper with its place."""
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document, start=1):
        words = page.get_textpage()
        for index in range(words.count_chars()):
            sign = words.get_text_range(index, 1)
            if sign.isspace() or not sign:
                continue
            left, bottom, right, top = words.get_charbox(index)
            size = pypdfium2.raw.FPDFText_GetFontSize(words.raw, index)
            yield Sign(number, sign, left, bottom, right, top, size)
        words.close()
        page.close()
    document.close()


def fonts(pdf: bytes) -> dict[str, bool]:
    """The fonts that the pages name, and whether each is embedded."""
    found = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in cast(dict[str, Any], page["/Resources"])["/Font"].values():
            described = font.get_object().get("/FontDescriptor", {})
            found[str(font.get_object()["/BaseFont"])] = "/FontFile2" in described
    return found


def with_texts(value: T, change: Callable[[str], str], skip: frozenset[str] = frozenset()) -> T:
    """A value in which every text is another, at any depth; empty texts and skipped fields stay."""

    def changed(part: Any) -> Any:
        if isinstance(part, str):
            return change(part) if part else part
        if isinstance(part, tuple):
            return tuple(changed(one) for one in part)
        if is_dataclass(part) and not isinstance(part, type):
            kept = {
                field.name: getattr(part, field.name)
                if field.name in skip
                else changed(getattr(part, field.name))
                for field in fields(part)
            }
            return type(part)(**kept)
        return part

    return cast(T, changed(value))
