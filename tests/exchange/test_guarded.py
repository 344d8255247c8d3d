"""A PDF from outside is read in a child with limits, and leaves nothing behind."""

import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from pzdesk.domain.errors import UnreadableFile
from pzdesk.exchange.guarded import CHILD_FLAG, is_child, read_pdf
from pzdesk.exchange.pzp_blank import filled_form, form_objects, written
from tests.exchange.pdf_files import number_of


def _with_stream(data: bytes) -> bytes:
    """A form of which one text stands in a compressed stream."""
    objects = form_objects({})
    number = number_of(objects, "5a-veld")
    value = b"/FT/Tx/V %d 0 R" % (len(objects) + 1)
    objects[number - 1] = objects[number - 1].replace(b"/FT/Tx", value)
    form = b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
    return written([*objects, form % (len(data), data)])


def _bomb() -> bytes:
    """A few hundred kilobytes that become 400 megabytes."""
    squeezer, part = zlib.compressobj(9), b"\0" * 1_000_000
    return b"".join(squeezer.compress(part) for _ in range(400)) + squeezer.flush()


def test_the_child_gives_the_fields() -> None:
    told = read_pdf(filled_form({"5a-veld": "rust"}))
    values = {field["name"]: field["value"] for field in told["fields"]}
    assert values["5a-veld"] == "rust"


def test_a_part_that_swells_is_told() -> None:
    with pytest.raises(UnreadableFile, match="te groot of te ingewikkeld"):
        read_pdf(_with_stream(_bomb()))


def test_a_very_long_text_is_told() -> None:
    with pytest.raises(UnreadableFile, match="te groot of te ingewikkeld"):
        read_pdf(_with_stream(zlib.compress(b"a" * 30_000_000)))


def test_a_part_that_was_cut_off_is_told() -> None:
    with pytest.raises(UnreadableFile, match="beschadigd"):
        read_pdf(_with_stream(zlib.compress(b"een lang verhaal " * 100)[:-6]))


def test_more_fields_than_any_form_has_are_told() -> None:
    objects = form_objects({})
    form = next(i for i, body in enumerate(objects) if b"/Fields[" in body)
    first = len(objects) + 1
    extra = b"".join(b"%d 0 R " % (first + i) for i in range(2_100))
    objects[form] = objects[form].replace(b"/Fields[", b"/Fields[" + extra)
    objects += [b"<</FT/Tx/T(x%d)>>" % i for i in range(2_100)]
    with pytest.raises(UnreadableFile, match="te veel pagina’s of velden"):
        read_pdf(written(objects))


def test_more_pages_than_any_form_has_are_told() -> None:
    objects = form_objects({})
    objects[1] = objects[1].replace(b"/Count 2", b"/Count 999")
    with pytest.raises(UnreadableFile, match="te veel pagina’s of velden"):
        read_pdf(written(objects))


@pytest.mark.slow
def test_what_takes_too_long_is_told() -> None:
    objects = form_objects({})
    objects[-1] = objects[-1].replace(b"/Fields", b"/X(" + b"a" * 12_000_000 + b")/Fields")
    with pytest.raises(UnreadableFile, match="te groot of te ingewikkeld"):
        read_pdf(written(objects), seconds=1)


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("TMPDIR", "TMP", "TEMP", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    read_pdf(filled_form({"5a-veld": "rust"}))
    with pytest.raises(UnreadableFile):
        read_pdf(b"%PDF-1.7\nkapot\n%%EOF")
    assert list(tmp_path.iterdir()) == []


def test_no_module_is_loaded_from_where_the_user_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pypdf", "json", "zlib", "pzdesk"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('geladen')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_pdf(filled_form({}))["fields"]


def test_the_child_loads_the_reader_and_the_errors_only() -> None:
    code = (
        "import sys; import pzdesk.exchange.guarded, pzdesk.exchange.acroform; "
        "print(*sorted(name for name in sys.modules if name.startswith('pzdesk.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.split() == [
        "pzdesk.domain",
        "pzdesk.domain.errors",
        "pzdesk.exchange",
        "pzdesk.exchange.acroform",
        "pzdesk.exchange.guarded",
    ]


def test_a_packaged_program_knows_that_it_is_the_child() -> None:
    assert is_child([CHILD_FLAG, "5"])
    assert not is_child([])
    assert not is_child(["pzp-import", CHILD_FLAG])
