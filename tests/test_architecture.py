"""The house rules, one sentence each: who may import whom, and what stands nowhere."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pzdesk"
FILES = sorted(PACKAGE.rglob("*.py"))

# What each room may import of ours, and which outside packages it may use besides the standard library.
ROOMS: dict[str, tuple[set[str], set[str]]] = {
    "domain": ({"domain"}, set()),
    "security": ({"security", "domain.errors", "paths"}, {"cryptography", "keyring"}),
    "store": (
        {"store", "domain", "security", "paths"},
        {"sqlalchemy", "alembic", "sqlcipher3", "msgspec"},
    ),
    "documents": ({"documents", "domain"}, {"reportlab", "font_source_sans_pro"}),
    "exchange": ({"exchange", "domain", "security", "content"}, {"pypdf", "stdnum"}),
    "services": (
        {
            "services",
            "domain",
            "store",
            "security",
            "documents",
            "exchange",
            "instruments",
            "content",
        },
        {"stdnum", "platformdirs", "rapidfuzz"},
    ),
    "demo": ({"demo", "services", "domain", "exchange", "security", "content", "paths"}, set()),
    "instruments": ({"domain", "paths"}, {"msgspec"}),
    "content": ({"domain", "paths"}, {"msgspec"}),
    "paths": ({"domain.errors"}, set()),
    "gui": (
        {"gui", "services", "domain", "content", "instruments", "paths"},
        {"PySide6", "shiboken6", "pypdfium2", "font_source_sans_pro"},
    ),
    "window_probe": (set(), {"PySide6"}),
    "cli": (
        {
            "services",
            "domain",
            "commands",
            "intake",
            "upkeep",
            "key_commands",
            "dutch_parser",
            "__init__",
        },
        set(),
    ),
    "dutch_parser": (set(), set()),
    "commands": ({"services", "domain", "typed", "demo"}, set()),
    "intake": ({"services", "domain", "typed", "commands"}, set()),
    "key_commands": ({"services", "domain", "commands", "typed"}, set()),
    "upkeep": ({"services", "domain", "commands", "typed"}, set()),
    "typed": ({"domain"}, set()),
}


def room_of(path: Path) -> str:
    """The room a file stands in: its folder, or its own name at the top."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


def imported(path: Path) -> list[tuple[int, str]]:
    """The modules that a file imports, with their lines."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found += [(node.lineno, name) for name in names]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_file_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(path)
    if room not in ROOMS:
        assert room in {"app", "selftest", "__main__", "__init__"}
        return
    ours, outside = ROOMS[room]
    for line, name in imported(path):
        where = f"{path.relative_to(ROOT)}:{line} imports {name}"
        if name.startswith("pzdesk"):
            inside = name.removeprefix("pzdesk").lstrip(".")
            allowed = any(inside == way or inside.startswith(f"{way}.") for way in ours)
            assert allowed or inside == "__version__", where
        else:
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names or top in outside, where


def test_only_the_window_and_what_starts_it_imports_qt() -> None:
    for path in FILES:
        if room_of(path) not in {"gui", "app", "selftest", "window_probe"}:
            names = [name for _, name in imported(path)]
            assert not any(name.startswith(("PySide", "shiboken")) for name in names), path


def test_pages_of_a_pdf_are_drawn_in_one_place() -> None:
    for path in FILES:
        draws = any(name.startswith("pypdfium2") for _, name in imported(path))
        assert not draws or path.relative_to(PACKAGE).as_posix() == "gui/sheets.py", path


def test_services_and_command_line_start_with_qt_blocked() -> None:
    code = (
        "import sys\n"
        "for name in ('PySide6', 'PySide2', 'PyQt5', 'PyQt6', 'shiboken6'): sys.modules[name] = None\n"
        "import pzdesk.services.desk, pzdesk.commands, pzdesk.cli, pzdesk.app\n"
        "pzdesk.cli.parser()\n"
        "assert 'keyring' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=ROOT, timeout=60)


def test_paragraphs_are_made_by_the_one_escaping_helper() -> None:
    makers = [
        path.relative_to(PACKAGE).as_posix()
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Paragraph"
    ]
    assert makers == ["documents/style.py"]


def test_no_module_is_an_attic_or_longer_than_a_reader_holds() -> None:
    for path in FILES:
        assert path.stem not in {"utils", "util", "common", "helpers", "misc"}, path
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 420, f"{path.relative_to(ROOT)} has {lines} lines: find the seam"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), path


def test_tests_mirror_the_package() -> None:
    """A test file stands where the module it tests stands, or tests the whole."""
    whole = {
        "test_architecture",
        "test_anchor",
        "test_bench",
        "test_every_page",
        "test_faults",
        "test_hidden",
        "test_released",
        "test_supply",
        "test_every_paper",
        "test_audit_registry",
        "test_bad_input",
        "test_journey",
        "test_killed",
        "test_readme",
    }
    for path in (ROOT / "tests").rglob("test_*.py"):
        place = path.relative_to(ROOT / "tests")
        if place.stem in whole:
            continue
        module = PACKAGE / place.parent / f"{place.stem.removeprefix('test_')}.py"
        assert module.exists(), f"{place} mirrors nothing"
