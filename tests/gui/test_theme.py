"""Every text is readable on its ground in every palette, and the scale changes every length."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from pzdesk.gui import style_sheet as style_sheet_module
from pzdesk.gui.style_sheet import RULES
from pzdesk.gui.theme import CONTRAST, DARK, LIGHT, Look, Palette, style_sheet, theme

PALETTES = {"licht": LIGHT, "donker": DARK, "contrast": CONTRAST}
# What stands on no ground of its own stands on the window, on a card, or on a chosen row.
GROUNDS = ("background", "surface", "accent_soft")
# Inks that painters of cells, hits and icons use besides the style sheet, with their grounds.
PAINTED = [
    ("text", GROUNDS),
    ("muted", GROUNDS),
    ("accent", GROUNDS),
    ("on_accent", ("accent",)),
    ("warning", (*GROUNDS, "warning_soft")),
    ("error", (*GROUNDS, "error_soft")),
    ("calm", ("surface", "calm_soft")),
]
# Nothing stands in these: ticks, bars, edges.
WORDLESS = ("::indicator", "::handle", "::chunk", "::menu-indicator", "QProgressBar", "QFrame line")
RULE = re.compile(r"([^{}]+)\{([^}]*)\}")
SAYS = re.compile(
    r"(?<![-\w])(color|background|selection-color|selection-background-color):\s*([^;]+);"
)
WIDGET = re.compile(
    r"(?P<kind>\w+)(?:\[role=\"(?P<role>[\w-]+)\"\])?(?P<part>::\w+)?(?P<state>(?::[\w-]+)*)"
)
# A label in a bar of its own colour: the one place where a ground comes from another rule.
INSIDE = {
    'QFrame[role="bar"] QLabel': "calm_soft",
    'QFrame[role="bar-warning"] QLabel': "warning_soft",
    'QFrame[role="bar-error"] QLabel': "error_soft",
}


@dataclass(frozen=True)
class Rule:
    """What one selector of the style sheet says about ink and ground."""

    kind: str
    role: str | None
    part: str
    states: frozenset[str]
    says: dict[str, str]
    order: int

    def holds_for(self, kind: str, role: str | None, part: str, states: frozenset[str]) -> bool:
        """Whether it is about this widget in this state."""
        return (
            self.kind in (kind, "QWidget")
            and self.part == part
            and self.role in (role, None)
            and self.states <= states
        )

    @property
    def weight(self) -> tuple[int, int]:
        """What goes before what, as style sheets have it."""
        return (self.role is not None) + len(self.states) + (self.kind != "QWidget"), self.order


def rules() -> list[Rule]:
    """The style sheet, selector by selector; those about a widget within another are in ``INSIDE``."""
    found = []
    for order, (selectors, body) in enumerate(RULE.findall(RULES)):
        says = {what: value.strip() for what, value in SAYS.findall(body)}
        for selector in (one.strip() for one in selectors.split(",")):
            match = WIDGET.fullmatch(selector)
            if match is None:
                assert selector in INSIDE or "color" not in says, f"not looked at: {selector}"
                continue
            states = frozenset(filter(None, match["state"].split(":")))
            found.append(
                Rule(match["kind"], match["role"], match["part"] or "", states, says, order)
            )
    return found


def pairs_of_the_style_sheet() -> Iterator[tuple[str, str, str]]:
    """Every widget in every state that the style sheet names, with its ink and each ground it may have."""
    all_rules = rules()
    for one in all_rules:
        states = [one.states, *(other.states for other in all_rules if other.kind == one.kind)]
        for state in {one.states | more for more in states}:
            worn: dict[str, str] = {}
            for rule in sorted(all_rules, key=lambda rule: rule.weight):
                if rule.holds_for(one.kind, one.role, one.part, state):
                    worn.update(rule.says)
            name = f"{one.kind} {one.role or ''}{one.part} {' '.join(sorted(state))}".strip()
            if any(part in name for part in WORDLESS):
                continue
            ink = worn.get("color", "@text@").strip("@")
            ground = worn.get("background", "transparent").strip("@")
            for under in GROUNDS if ground == "transparent" else (ground,):
                yield name, ink, under
            if "selection-color" in worn:
                selected = worn["selection-background-color"].strip("@")
                yield f"{name} selected", worn["selection-color"].strip("@"), selected
    for selectors, body in RULE.findall(RULES):
        for selector in (one.strip() for one in selectors.split(",")):
            if selector in INSIDE:
                yield selector, dict(SAYS.findall(body))["color"].strip("@"), INSIDE[selector]


def luminance(colour: QColor) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""

    def part(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = part(colour.redF()), part(colour.greenF()), part(colour.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("ink", "grounds"), PAINTED, ids=lambda value: str(value))
def test_painted_text_has_a_contrast_of_at_least_four_and_a_half(
    name: str, ink: str, grounds: tuple[str, ...]
) -> None:
    palette = PALETTES[name]
    for ground in grounds:
        ratio = contrast(palette.colour(ink), palette.colour(ground))
        assert ratio >= 4.5, f"{ink} on {ground} in {name}: {ratio:.2f}"


@pytest.mark.parametrize("name", PALETTES)
def test_every_text_of_the_style_sheet_can_be_read_in_every_state(name: str) -> None:
    palette, seen = PALETTES[name], set()
    for widget, ink, ground in pairs_of_the_style_sheet():
        seen.add((ink, ground))
        ratio = contrast(palette.colour(ink), palette.colour(ground))
        assert ratio >= 4.5, f"{widget}: {ink} on {ground} in {name}: {ratio:.2f}"
    assert {("on_accent", "accent"), ("muted", "background"), ("error", "error_soft")} <= seen


def test_every_colour_that_code_paints_text_with_is_looked_at() -> None:
    looked_at = {ink for ink, _ in PAINTED} | set(GROUNDS) | {"line", "field_line"}
    folder = Path(style_sheet_module.__file__).parent
    named = {
        role
        for path in folder.rglob("*.py")
        for role in re.findall(r"colour\(\"(\w+)\"", path.read_text(encoding="utf-8"))
    }
    assert named <= looked_at


@pytest.mark.parametrize("name", PALETTES)
def test_the_edge_of_a_field_has_a_contrast_of_at_least_three(name: str) -> None:
    palette = PALETTES[name]
    for ground in ("surface", "background"):
        assert contrast(palette.colour("field_line"), palette.colour(ground)) >= 3


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_style_sheet_leaves_no_role_or_length_open(palette: Palette) -> None:
    made = style_sheet(palette, round)
    assert "@" not in made
    assert "<" not in made
    assert "#" not in RULES


def test_a_larger_scale_makes_the_letters_larger(qapp: QApplication) -> None:
    look = theme()
    look.use(Look.LIGHT, 100)
    usual = qapp.font().pixelSize()
    look.use(scale=150)
    assert qapp.font().pixelSize() == pytest.approx(usual * 1.5, abs=1)
    look.use(scale=100)
    assert look.next_scale(1) == 110
    assert look.next_scale(-1) == 90
    look.use(scale=90)
    assert look.next_scale(-1) == 90
    look.use(scale=100)


def test_the_palette_of_the_system_is_followed_until_one_is_chosen(qapp: QApplication) -> None:
    look = theme()
    look.use(Look.DARK)
    assert look.palette is DARK
    look.use(Look.CONTRAST)
    assert look.palette is CONTRAST
    look.use(Look.SYSTEM)
    assert look.palette in (LIGHT, DARK)


def test_when_the_system_changes_the_window_changes_with_it_unless_a_palette_was_chosen(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = theme()
    scheme = Qt.ColorScheme.Dark
    monkeypatch.setattr(type(qapp.styleHints()), "colorScheme", lambda _: scheme)
    look.use(Look.SYSTEM)
    assert look.palette is DARK
    scheme = Qt.ColorScheme.Light
    qapp.styleHints().colorSchemeChanged.emit(scheme)
    assert look.palette is LIGHT
    look.use(Look.CONTRAST)
    scheme = Qt.ColorScheme.Dark
    qapp.styleHints().colorSchemeChanged.emit(scheme)
    assert look.palette is CONTRAST
    look.use(Look.LIGHT)
