"""The form fields of a PDF as raw values, read strictly: what is damaged is refused, never repaired.

Runs in the guarded child, so that it imports nothing of pzdesk and of third parties only pypdf. What the
values mean is decided outside, in ``pzp_pdf``.
"""

import io
import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pypdf import PdfReader, apply_configuration, filters
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
    TextStringObject,
)

MAX_PAGES = 100
MAX_FIELDS = 2_000
"""Fields and widgets; the official form has about 400."""
MAX_DEPTH = 12
MAX_INFLATED = 32_000_000
"""Bytes that one compressed part may become."""
MAX_TEXT = 100_000
"""Characters passed on of one value; five times what a field may hold, so that it is told as too long."""

_RADIO, _PUSH = 1 << 15, 1 << 16
_SPACE = b"\x00\t\n\x0c\r "


class Unusable(Exception):
    """A PDF that cannot be read as a form; ``kind`` says why, in a word that ``pzp_pdf`` puts in Dutch."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind


def read_fields(pdf: bytes) -> dict[str, Any]:
    """Every text field, check box and radio group: ``{"fields": [...], "words": bool}``.

    A field is ``{"name", "kind": "text"|"button"|"other", "value": str|None, "on": [...],
    "states": [...]}``: ``on`` are the states in which its widgets stand, ``states`` those they can have.
    ``words``: whether the first page speaks of proactieve zorgplanning, where there are few fields.

    Raises:
        Unusable: not a PDF, damaged, locked, XFA, or too many pages or fields.
    """
    if not pdf.startswith(b"%PDF-"):
        raise Unusable("foreign", "no header")
    # What stands behind the last mark is part of a newer revision that was cut off: pypdf would
    # silently give the older answers.
    if not pdf.rstrip(_SPACE).endswith(b"%%EOF"):
        raise Unusable("damaged", "no end mark")
    try:
        with _strictly() as complaints:
            found = _read(pdf, complaints)
    except Unusable:
        raise
    except MemoryError as error:
        raise Unusable("heavy", "memory") from error
    except Exception as error:
        if re.search(rb"/Encrypt\b", pdf):
            raise Unusable("locked") from error
        raise Unusable("damaged", repr(error)[:200]) from error
    return found


def _read(pdf: bytes, complaints: list[str]) -> dict[str, Any]:
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    if reader.is_encrypted:
        raise Unusable("locked")
    root = _dictionary(reader.trailer["/Root"])
    pages = _dictionary(root["/Pages"]).get("/Count")
    if not isinstance(pages, int) or not 0 < pages <= MAX_PAGES:
        raise Unusable("large", "pages")
    form = root.get("/AcroForm")
    fields: list[dict[str, Any]] = []
    if form is not None and not isinstance(form, NullObject):
        form = _dictionary(form)
        if not isinstance(form.get("/XFA", NullObject()), NullObject):
            raise Unusable("xfa")
        fields = list(_Walk().fields(form.get("/Fields")))
    if complaints:
        raise Unusable("damaged", complaints[0])
    return {"fields": fields, "words": len(fields) < 40 and _speaks_of_pzp(reader)}


def _speaks_of_pzp(reader: PdfReader) -> bool:
    """Whether the first page is that of a form whose fields are gone; only makes an error clearer."""
    try:
        text = reader.pages[0].extract_text()
    except Exception:
        return False
    bare = re.sub(r"\s", "", text).casefold()
    return "proactievezorgplanning" in bare or "behandelgrenzen" in bare


class _Walk:
    """One walk over the tree of fields; each node is seen once."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.count = 0

    def fields(
        self, kids: Any, prefix: str = "", inherited: dict[str, Any] | None = None, depth: int = 0
    ) -> Iterator[dict[str, Any]]:
        for node in self.nodes(kids, depth):
            own = {key: _value(node, key) for key in ("/FT", "/Ff", "/V") if key in node}
            held = {**(inherited or {}), **own}
            name = _text(_value(node, "/T")) if "/T" in node else ""
            full = f"{prefix}.{name}" if prefix and name else prefix or name
            below = _children(node, "/Kids")
            widgets = [kid for kid in below if "/T" not in _dictionary(kid)]
            if len(widgets) < len(below):
                if widgets:
                    raise Unusable("damaged", f"{full}: fields and widgets mixed")
                yield from self.fields(below, full, held, depth + 1)
            else:
                yield _field(full, held, list(self.nodes(widgets, depth + 1)) or [node])

    def nodes(self, kids: Any, depth: int) -> Iterator[DictionaryObject]:
        if depth > MAX_DEPTH:
            raise Unusable("damaged", "fields too deep")
        for kid in kids if isinstance(kids, list) else _children({"/Fields": kids}, "/Fields"):
            node = _dictionary(kid)
            if id(node) in self.seen:
                raise Unusable("damaged", "a field stands twice")
            self.seen.add(id(node))
            self.count += 1
            if self.count > MAX_FIELDS:
                raise Unusable("large", "fields")
            _check_whole(node)
            yield node


def _check_whole(node: DictionaryObject) -> None:
    """Refuse a field of which a part was swallowed by the part before it.

    pypdf takes the end of an object for the end of a dictionary that was never closed, also strictly.
    """
    for key in ("/AP", "/MK", "/BS"):
        part = node.raw_get(key) if key in node else None
        if isinstance(part, DictionaryObject) and _OWN & set(part):
            raise Unusable("damaged", f"{key} was not closed")


_OWN = {"/V", "/AS", "/FT", "/T", "/Kids", "/Parent", "/Ff"}


def _field(name: str, held: dict[str, Any], widgets: list[DictionaryObject]) -> dict[str, Any]:
    kind, flags, value = held.get("/FT"), held.get("/Ff", 0), held.get("/V")
    made: dict[str, Any] = {"name": name, "kind": "other", "value": None, "on": [], "states": []}
    if kind == "/Tx":
        made.update(kind="text", value=_text(value)[:MAX_TEXT])
        for widget in widgets:
            if "/V" in widget and _text(_value(widget, "/V"))[:MAX_TEXT] != made["value"]:
                raise Unusable("damaged", f"{name}: two values")
    elif kind == "/Btn" and not (isinstance(flags, int) and flags & _PUSH):
        made.update(kind="button", value=_state(value))
        for widget in widgets:
            made["on"] += [_state(_value(widget, "/AS"))] if "/AS" in widget else [""]
            made["states"] += _states(widget)
    return made


def _states(widget: DictionaryObject) -> list[str]:
    """The states that a widget can be drawn in, but for off."""
    appearance = _value(widget, "/AP") if "/AP" in widget else None
    normal = _value(appearance, "/N") if isinstance(appearance, DictionaryObject) else None
    if not isinstance(normal, DictionaryObject) or isinstance(normal, StreamObject):
        return []
    return [state for key in normal if (state := _state(key))]


def _state(value: Any) -> str:
    """A state without its slash; off is empty."""
    text = _text(value).removeprefix("/") if value is not None else ""
    return "" if text == "Off" else text


def _children(node: Any, key: str) -> list[Any]:
    value = _value(node, key) if key in node else None
    if value is None:
        return []
    if not isinstance(value, ArrayObject):
        raise Unusable("damaged", f"{key} is no list")
    return list(value)


def _value(node: Any, key: str) -> Any:
    """A value behind its reference; a reference to nothing is damage, not an empty value."""
    raw = node.raw_get(key) if isinstance(node, DictionaryObject) else node[key]
    value = raw.get_object() if isinstance(raw, IndirectObject) else raw
    if value is None or isinstance(value, NullObject):
        if isinstance(raw, IndirectObject):
            raise Unusable("damaged", f"{key} refers to nothing")
        return None
    return value


def _dictionary(value: Any) -> DictionaryObject:
    found = value.get_object() if isinstance(value, IndirectObject) else value
    if not isinstance(found, DictionaryObject):
        raise Unusable("damaged", "a dictionary is missing")
    return found


def _text(value: Any) -> str:
    """A text as PDF keeps it: a string, a stream for a long text, or a name."""
    if value is None:
        return ""
    if isinstance(value, StreamObject):
        return _decoded(value.get_data())
    if isinstance(value, NameObject):
        return str(value).removeprefix("/")
    if isinstance(value, TextStringObject | ByteStringObject):
        return _decoded(value.original_bytes)
    raise Unusable("damaged", "a text is no text")


def _decoded(data: bytes) -> str:
    """A text string (ISO 32000-2, 7.9.2.2) from its bytes; a lone surrogate is passed on as it is.

    Not left to pypdf, which guesses UTF-16 without a mark and gives up on one wrong character.
    """
    if len(data) > 4 * MAX_TEXT:
        raise Unusable("heavy", "a text")
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "surrogatepass")
            return _LANGUAGE.sub("", text)
    return "".join(_PDF_DOC.get(byte, chr(byte)) for byte in data)


_MARKS = {b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le", b"\xef\xbb\xbf": "utf-8"}
_LANGUAGE = re.compile("\x1b[A-Za-z]{2,4}\x1b")
# PDFDocEncoding where it differs from Latin-1 (ISO 32000-2, annex D.2).
_PDF_DOC = {
    **dict(zip(range(0x18, 0x20), "˘ˇˆ˙˝˛˚˜", strict=True)),
    **dict(zip(range(0x80, 0x9F), "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", strict=True)),
    0xA0: "€",
}


# What strict pypdf only remarks upon and what changes no value: a newer revision whose table does not
# begin at object 0, white space, an end mark too many.
_HARMLESS = ("Xref table not zero-indexed", "Superfluous whitespace", "Duplicate %%EOF")


@contextmanager
def _strictly() -> Iterator[list[str]]:
    """pypdf without its repairs; gives what it complains about where it does not raise."""
    complaints: list[str] = []

    class Complaints(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            if not message.startswith(_HARMLESS):
                complaints.append(message[:200])

    logger, handler = logging.getLogger("pypdf"), Complaints(logging.WARNING)
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    module, tolerant = vars(filters), filters.decompress
    # pypdf reads a damaged compressed part without its checksum: the answers in it would differ unseen.
    module["decompress"] = _inflated
    try:
        with apply_configuration(
            zlib_maximum_output_length=MAX_INFLATED,
            maximum_declared_stream_length=MAX_INFLATED,
            array_based_stream_maximum_output_length=MAX_INFLATED,
            lzw_maximum_output_length=MAX_INFLATED,
            run_length_maximum_output_length=MAX_INFLATED,
            jbig2dec_binary=None,
        ):
            yield complaints
    finally:
        module["decompress"] = tolerant
        logger.removeHandler(handler)
        logger.propagate = propagates


def _inflated(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    made = inflater.decompress(data, MAX_INFLATED)
    if inflater.unconsumed_tail:
        raise Unusable("heavy", "a compressed part")
    if not inflater.eof:
        raise Unusable("damaged", "a compressed part was cut off")
    return made
