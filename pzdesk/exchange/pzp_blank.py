"""Makes a fillable PZP form of our own, for the demo and the tests: our words, our layout.

It has the field names and values of the official form, so that it reads in the same way. The official
form itself belongs to its publishers and is not shipped.
"""

import codecs
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pzdesk.content import pzp_form
from pzdesk.domain.pzp import Answers, Kind, Part, PzpForm, Question
from pzdesk.domain.pzp_form import acro_fields

_WIDTH, _HEIGHT, _MARGIN, _INDENT = 595, 842, 40, 52
_RIGHT = _WIDTH - _MARGIN
_SIZE = 8.5
_MULTILINE, _RADIO, _PUSH = 1 << 12, 49_152, 1 << 16
_LONG = ("5a", "6")
_TITLE = "Proefformulier proactieve zorgplanning"
_ABOUT = "Verzonnen voorbeeld van pzdesk, met de velden van het uniforme PZP-formulier."


def filled_form(values: Mapping[str, str] | None = None) -> bytes:
    """A form as PDF with these values by field: a text, or the value of an option ("2", "Ja").

    The same values give the same bytes. A value that no option has is written as it is.
    """
    return written(form_objects(values or {}))


def field_values(answers: Answers) -> dict[str, str]:
    """The values of the form's fields for answers of ours, leaving out what the form has no field for."""
    found: dict[str, str] = {}
    for name, question in acro_fields(pzp_form()).items():
        answer = answers.get(question.id)
        if answer is None:
            continue
        if question.kind is Kind.DATE:
            found[name] = "-".join(reversed(answer.value.split("-")))
        elif not question.options:
            found[name] = answer.value
        for option in question.options:
            is_here = (option.acro_field or question.acro) == name
            if is_here and option.id in (answer.value, *answer.ticked):
                found[name] = option.acro
    return found


def form_objects(values: Mapping[str, str]) -> list[bytes]:
    """The numbered objects of a form, the catalogue first, before they are written as a file."""
    form, made = pzp_form(), _Made(values)
    made.heading(_TITLE, 15)
    made.line(_ABOUT)
    for section in form.sections:
        made.heading(f"{section.id if section.id != '0' else ''} {section.title}".strip(), 11)
        for question in form.in_section(section.id):
            _ask(made, form, question)
    made.push_buttons("titel", 2)
    made.push_buttons("printen", 1)
    return made.finished()


def written(objects: list[bytes]) -> bytes:
    """A PDF file of numbered objects, the first of which is the catalogue."""
    made = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % start for start in starts)
    made += b"trailer\n<</Size %d /Root 1 0 R>>\n" % (len(objects) + 1)
    return bytes(made + b"startxref\n%d\n%%%%EOF\n" % table)


def text_string(text: str) -> bytes:
    """A text as PDF keeps it; what is not plain ASCII in UTF-16, a lone surrogate as it is."""
    if text.isascii():
        return b"(" + _escaped(text.encode()) + b")"
    data = codecs.BOM_UTF16_BE + text.encode("utf-16-be", "surrogatepass")
    return b"<" + data.hex().encode() + b">"


def _ask(made: "_Made", form: PzpForm, question: Question) -> None:
    around = (*form.details_of(question), *filter(None, [form.note_of(question)]))
    made.room((60 if question.id in _LONG else 30) + 16 * len(around))
    words = f"{question.number}  {question.label}" if question.number else question.label
    made.line(words)
    if question.options:
        made.options(question, below=len(words) > 44)
    else:
        made.text_field(question, high=question.id in _LONG)
    for other in around:
        is_note = other.role is Part.NOTE
        made.line("     Toelichting" if is_note else f"     {other.label}")
        made.text_field(other, left=130 if is_note else 250)


@dataclass(slots=True)
class _Page:
    number: int
    drawn: list[bytes] = field(default_factory=list)
    widgets: list[int] = field(default_factory=list)


class _Made:
    """A form while it is made, from the top of the first page down."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.objects: list[bytes] = []
        self.root, self.tree = self.add(b""), self.add(b"")
        self.font = self.add(
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
        )
        self.marks = {
            name: {on: self.drawing(outline + (mark if on else b""), 9, 9) for on in (True, False)}
            for name, outline, mark in (
                ("radio", _circle(4.5, 4) + b" s ", _circle(4.5, 2) + b" f"),
                ("box", b"0.5 0.5 8 8 re S ", b"1.2 w 2 4.5 m 4 2 l 7.5 7.5 l S"),
            )
        }
        self.pages: list[_Page] = []
        self.fields: list[int] = []
        self.down = 0.0
        self.new_page()

    def add(self, body: bytes) -> int:
        """Keep an object and give its number."""
        self.objects.append(body)
        return len(self.objects)

    def replace(self, number: int, body: bytes) -> None:
        """Give an object its body afterwards, when what it refers to is known."""
        self.objects[number - 1] = body

    def stream(self, entries: bytes, data: bytes) -> int:
        """Keep a stream."""
        return self.add(b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data))

    def drawing(self, data: bytes, width: float, height: float) -> int:
        """Keep a drawing that a widget can show."""
        fonts = b"/Resources<</Font<</Helv %d 0 R>>>>" % self.font
        box = b"/Type/XObject/Subtype/Form/BBox[0 0 %.1f %.1f]" % (width, height)
        return self.stream(box + fonts, data)

    def new_page(self) -> None:
        """Begin a page."""
        self.pages.append(_Page(self.add(b"")))
        self.down = _HEIGHT - _MARGIN

    def room(self, height: float) -> None:
        """Go to the next page where this height does not fit any more."""
        if self.down - height < _MARGIN:
            self.new_page()

    def say(self, x: float, y: float, words: str, size: float = _SIZE) -> None:
        """Draw words on the page."""
        shown = _escaped(words.encode("cp1252", "replace"))
        self.pages[-1].drawn.append(
            b"BT /Helv %.1f Tf %.1f %.1f Td (%s) Tj ET" % (size, x, y, shown)
        )

    def heading(self, words: str, size: float) -> None:
        """A title with some air above it."""
        self.room(60)
        self.down -= size + 7
        self.say(_MARGIN, self.down, words, size)
        self.down -= 2

    def line(self, words: str) -> None:
        """A line of words; what comes behind or below it is placed from here."""
        self.down -= 15
        self.say(_INDENT, self.down, words)

    def text_field(self, question: Question, *, left: float = 250, high: bool = False) -> None:
        """A field for a text, at the right of its words or below them."""
        left, height = (float(_INDENT), 36.0) if high else (left, 13.0)
        top = self.down - 3 if high else self.down + 10
        self.down = min(self.down, top - height)
        flags = 0 if question.kind is Kind.DATE else _MULTILINE
        value = self.values.get(question.acro, "")
        shown = self.drawing(_shown(value, _RIGHT - left, height), _RIGHT - left, height)
        box = (left, top - height, _RIGHT, top)
        edge = b"0.6 w 0.7 G %.1f %.1f %.1f %.1f re S 0 G"
        self.pages[-1].drawn.append(edge % (left, top - height, _RIGHT - left, height))
        widget = self.widget(
            box,
            b"/FT/Tx/Ff %d/T%s/DA(/Helv %.1f Tf 0 g)/AP<</N %d 0 R>>%s"
            % (
                flags,
                text_string(question.acro),
                _SIZE,
                shown,
                b"/V" + text_string(value) if value else b"",
            ),
        )
        self.fields.append(widget)

    def options(self, question: Question, *, below: bool) -> None:
        """The answers to choose from: a group of radio buttons, or check boxes."""
        group = self.add(b"") if question.acro else 0
        widths = [22 + len(option.label) * 4.2 for option in question.options]
        x = 250.0
        if below or x + sum(widths) > _RIGHT:
            x, self.down = _INDENT + 8.0, self.down - 13
        kids = []
        for option, width in zip(question.options, widths, strict=True):
            if x + width > _RIGHT:
                x, self.down = _INDENT + 8.0, self.down - 13
            self.say(x + 12, self.down, option.label)
            name = option.acro_field or question.acro
            is_on = self.values.get(name) == option.acro
            looks = self.marks["radio" if question.acro else "box"]
            look = b"/AS%s/AP<</N<<%s %d 0 R/Off %d 0 R>>>>" % (
                *(_name(option.acro if is_on else "Off"), _name(option.acro)),
                *(looks[True], looks[False]),
            )
            if question.acro:
                look += b"/Parent %d 0 R/MK<</BC[0]/CA(l)>>/BS<</W 0.7/S/S>>" % group
            else:
                box = _name(self.values.get(name) or "Off")
                look += b"/FT/Btn/T%s/V%s/MK<</BC[0]/CA(4)>>" % (text_string(name), box)
            kids.append(self.widget((x, self.down - 1.5, x + 9, self.down + 7.5), look))
            x += width
        if group:
            value = self.values.get(question.acro)
            self.replace(
                group,
                b"<</FT/Btn/Ff %d/T%s/Kids[%s]%s>>"
                % (
                    _RADIO,
                    text_string(question.acro),
                    _references(kids),
                    b"/V" + _name(value) if value else b"",
                ),
            )
        self.fields += [group] if group else kids

    def push_buttons(self, name: str, count: int) -> None:
        """A field that is drawing only, as the official form has many."""
        if count == 1:
            body = b"/FT/Btn/Ff %d/T%s" % (_PUSH, text_string(name))
            self.fields.append(self.widget((_RIGHT - 8, _MARGIN - 12, _RIGHT, _MARGIN - 4), body))
            return
        parent = self.add(b"")
        kids = [
            self.widget(
                (_MARGIN + 10 * i, _MARGIN - 12, _MARGIN + 10 * i + 8, _MARGIN - 4),
                b"/Ff %d/Parent %d 0 R" % (_PUSH, parent),
            )
            for i in range(count)
        ]
        self.replace(
            parent,
            b"<</FT/Btn/Ff %d/T%s/Kids[%s]>>" % (_PUSH, text_string(name), _references(kids)),
        )
        self.fields.append(parent)

    def widget(self, at: tuple[float, float, float, float], body: bytes) -> int:
        """A place on the page where a field is shown."""
        page = self.pages[-1]
        box = b" ".join(b"%.1f" % side for side in at)
        made = self.add(
            b"<</Type/Annot/Subtype/Widget/F 4/Rect[%s]/P %d 0 R%s>>" % (box, page.number, body)
        )
        page.widgets.append(made)
        return made

    def finished(self) -> list[bytes]:
        """Every object, with the pages, the list of fields and the catalogue."""
        for page in self.pages:
            drawn = self.stream(b"", b"\n".join(page.drawn))
            self.replace(
                page.number,
                b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
                b"/Resources<</Font<</Helv %d 0 R>>>>/Annots[%s]>>"
                % (self.tree, _WIDTH, _HEIGHT, drawn, self.font, _references(page.widgets)),
            )
        numbers = [page.number for page in self.pages]
        self.replace(
            self.tree,
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(numbers), _references(numbers)),
        )
        form = self.add(
            b"<</Fields[%s]/DA(/Helv %.1f Tf 0 g)/DR<</Font<</Helv %d 0 R>>>>>>"
            % (_references(self.fields), _SIZE, self.font)
        )
        self.replace(
            self.root,
            b"<</Type/Catalog/Pages %d 0 R/AcroForm %d 0 R/Lang(nl-NL)>>" % (self.tree, form),
        )
        return self.objects


def _shown(value: str, width: float, height: float) -> bytes:
    """A text as its field draws it; longer texts are drawn as far as they fit."""
    lines = list(_wrapped(value, int(width / 4.3)))[: max(1, int(height / 10))]
    if not lines:
        return b"/Tx BMC EMC"
    drawn = b" T* ".join(b"(%s) Tj" % _escaped(line.encode("cp1252", "replace")) for line in lines)
    start = b"BT /Helv %.1f Tf 0 g 10 TL 2 %.1f Td" % (_SIZE, height - 10)
    return b"/Tx BMC q %s %s ET Q EMC" % (start, drawn)


def _wrapped(value: str, width: int) -> Iterator[str]:
    for line in value.splitlines():
        yield from textwrap.wrap(line, width)


def _circle(middle: float, radius: float) -> bytes:
    """The path of a circle in a square drawing."""
    m, r, k = middle, radius, radius * 0.5523
    near, far = m - r, m + r
    curves = (
        (far, m + k, m + k, far, m, far),
        (m - k, far, near, m + k, near, m),
        (near, m - k, m - k, near, m, near),
        (m + k, near, far, m - k, far, m),
    )
    path = b" ".join(b"%.2f %.2f %.2f %.2f %.2f %.2f c" % curve for curve in curves)
    return b"0.7 w %.2f %.2f m %s" % (far, m, path)


def _references(numbers: list[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _name(text: str) -> bytes:
    return b"/" + b"".join(
        b"#%02X" % byte if byte in b"#()<>[]{}/% " or not 33 <= byte <= 126 else bytes([byte])
        for byte in text.encode("utf-8")
    )


def _escaped(data: bytes) -> bytes:
    for mark in (b"\\", b"(", b")"):
        data = data.replace(mark, b"\\" + mark)
    return data.replace(b"\r", b"\\r")
