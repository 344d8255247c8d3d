"""Every text is readable on its ground in every palette, and the scale changes every length."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from pzdesk.gui.style_sheet import RULES
from pzdesk.gui.theme import CONTRAST, DARK, LIGHT, Look, Palette, style_sheet, theme

PALETTES = {"licht": LIGHT, "donker": DARK, "contrast": CONTRAST}
# Ink and the grounds that it stands on, as the style sheet and the cell painter use them.
PAIRS = [
    ("text", ("background", "surface", "accent_soft", "calm_soft")),
    ("muted", ("background", "surface", "accent_soft")),
    ("accent", ("surface", "background", "accent_soft")),
    ("on_accent", ("accent",)),
    ("warning", ("surface", "background", "warning_soft", "accent_soft")),
    ("error", ("surface", "background", "error_soft", "accent_soft")),
    ("calm", ("surface", "calm_soft")),
]


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
@pytest.mark.parametrize(("ink", "grounds"), PAIRS, ids=lambda value: str(value))
def test_text_has_a_contrast_of_at_least_four_and_a_half(
    name: str, ink: str, grounds: tuple[str, ...]
) -> None:
    palette = PALETTES[name]
    for ground in grounds:
        ratio = contrast(palette.colour(ink), palette.colour(ground))
        assert ratio >= 4.5, f"{ink} on {ground} in {name}: {ratio:.2f}"


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
