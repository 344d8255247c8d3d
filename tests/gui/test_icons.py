"""Icons of our own: each can be drawn, in the colour of the palette and at the scale of the window."""

import pytest
from PySide6.QtGui import QColor

from pzdesk import paths
from pzdesk.gui.icons import icon, picture
from pzdesk.gui.theme import DARK, LIGHT, Look, theme

NAMES = sorted(
    path.stem
    for path in (paths.resources() / "icons").glob("*.svg")
    if "INK" in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_ink_of_the_palette(light: None, name: str) -> None:
    drawn = picture(name, size=18).toImage()
    assert drawn.width() == 36  # twice as fine as it is large
    inks = {
        drawn.pixelColor(x, y).name()
        for x in range(drawn.width())
        for y in range(drawn.height())
        if drawn.pixelColor(x, y).alpha() == 255
    }
    assert QColor(f"#{LIGHT.text}").name() in inks


def test_another_palette_gives_another_ink_and_a_larger_scale_a_larger_icon(light: None) -> None:
    look = theme()
    small = picture("zoek").toImage()
    look.use(Look.DARK, 150)
    large = picture("zoek").toImage()
    assert large.width() > small.width()
    inks = {
        large.pixelColor(x, y).name() for x in range(large.width()) for y in range(large.height())
    }
    assert QColor(f"#{DARK.text}").name() in inks
    assert not icon("zoek").isNull()
    look.use(Look.LIGHT, 100)
