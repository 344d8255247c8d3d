"""How the window looks: palettes by role, the font, and the one style sheet.

No other module sets a style sheet or names a colour; a widget says what it is by its property ``role``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import font_source_sans_pro
from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from pzdesk import paths
from pzdesk.gui.style_sheet import RULES

FAMILY = "Source Sans Pro"
BODY = 14.5  # pixels at 100 %; Source Sans is smaller than it measures (decisions, "Window")
SCALES = (90, 100, 110, 125, 150)
TARGET = 32  # the least height of what can be pressed, in pixels, at every scale
STEP = 4  # every distance is a multiple of this


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours by what they are for, as ``RRGGBB``; each ``x_soft`` is the ground under text in ``x``."""

    background: str
    surface: str
    line: str
    field_line: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    on_accent: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    calm: str
    calm_soft: str
    is_dark: bool

    def colour(self, role: str) -> QColor:
        """The colour of a role by its name."""
        return QColor(f"#{getattr(self, role)}")


LIGHT = Palette(
    background="F4F6F7",
    surface="FFFFFF",
    line="D8DFE3",
    field_line="7C8B93",
    text="16242B",
    muted="55656E",
    accent="0B6B73",
    accent_soft="E2F1F2",
    on_accent="FFFFFF",
    warning="8A5200",
    warning_soft="FFF0DA",
    error="A8231B",
    error_soft="FCE6E4",
    calm="2B4C7E",
    calm_soft="E4ECF7",
    is_dark=False,
)
DARK = Palette(
    background="11171A",
    surface="192125",
    line="2D393F",
    field_line="6F828C",
    text="E4ECEF",
    muted="9DB0B9",
    accent="63C7CF",
    accent_soft="1B3538",
    on_accent="0B1A1C",
    warning="F0B45C",
    warning_soft="38290F",
    error="F28B82",
    error_soft="3B1E1C",
    calm="9DBDE8",
    calm_soft="1B2A40",
    is_dark=True,
)
CONTRAST = Palette(
    background="000000",
    surface="000000",
    line="FFFFFF",
    field_line="FFFFFF",
    text="FFFFFF",
    muted="FFFFFF",
    accent="FFE94D",
    accent_soft="2A2600",
    on_accent="000000",
    warning="FFC46B",
    warning_soft="2B1B00",
    error="FF9C94",
    error_soft="330A07",
    calm="A9D0FF",
    calm_soft="001A38",
    is_dark=True,
)


class Look(StrEnum):
    """Which palette the user chose."""

    SYSTEM = "systeem"
    LIGHT = "licht"
    DARK = "donker"
    CONTRAST = "contrast"


STYLE = "Fusion"
HAS_STYLE = "pzdesk-style"
"""The property of an application that was started in this style."""


class Theme(QObject):
    """The palette and the scale of now; ``changed`` is told after both were applied."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.look = Look.SYSTEM
        self.scale = 100
        self.palette = LIGHT
        load_font()
        QDir.addSearchPath("icons", str(paths.resources() / "icons"))
        if not app.property(HAS_STYLE):  # asking Qt for its style costs a tenth of the start
            app.setStyle(STYLE)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.use()

    def use(self, look: Look | None = None, scale: int | None = None) -> None:
        """Apply a palette and a scale (per cent, 90 to 150); None keeps what is."""
        self.look = look or self.look
        self.scale = min(max(scale or self.scale, SCALES[0]), SCALES[-1])
        self.palette = self._chosen()
        font = QFont(FAMILY)
        font.setPixelSize(self.px(BODY))
        self._app.setFont(font)
        self._app.setPalette(_qt_palette(self.palette))
        self._app.setStyleSheet(style_sheet(self.palette, self.px))
        self.changed.emit()

    def next_scale(self, steps: int) -> int:
        """The scale one step larger or smaller, within what there is."""
        here = min(range(len(SCALES)), key=lambda i: abs(SCALES[i] - self.scale))
        return SCALES[min(max(here + steps, 0), len(SCALES) - 1)]

    def px(self, at_100: float) -> int:
        """A length in pixels at the scale of now."""
        return round(at_100 * self.scale / 100)

    def target(self, at_100: float = TARGET) -> int:
        """How high something that can be pressed is; a smaller scale makes it no smaller than this."""
        return max(self.px(at_100), TARGET)

    def _chosen(self) -> Palette:
        if self.look is Look.SYSTEM:
            scheme = self._app.styleHints().colorScheme()
            return DARK if scheme is Qt.ColorScheme.Dark else LIGHT
        return {Look.LIGHT: LIGHT, Look.DARK: DARK, Look.CONTRAST: CONTRAST}[self.look]

    def _system_changed(self) -> None:
        if self.look is Look.SYSTEM:
            self.use()


def theme() -> Theme:
    """The theme of the running window; made on first use."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("there is no QApplication yet")
    if _made and _made[0][0] is app:  # asked for every length of every widget
        return _made[0][1]
    _made[:] = [(app, Theme(app))]
    return _made[0][1]


_made: list[tuple[QApplication, Theme]] = []


def mark(widget: QWidget, role: str) -> None:
    """Say what a widget is; the style sheet knows how that looks."""
    is_dressed = widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
    if is_dressed and widget.property("role") == role:
        return
    widget.setProperty("role", role)
    if not is_dressed:  # new: Qt dresses it when it is shown, and what stays hidden never
        return
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def load_font() -> None:
    """Make the font of screen and paper known to Qt; with its theme, so once for each application."""
    folder = Path(font_source_sans_pro.font_directory)
    for file in sorted(folder.rglob("*.ttf")):
        if file.stem.rpartition("-")[2] in {"Regular", "Semibold", "Bold", "It"}:
            QFontDatabase.addApplicationFont(str(file))


def _qt_palette(p: Palette) -> QPalette:
    made = QPalette()
    role = QPalette.ColorRole
    for which, name in {
        role.Window: "background",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "background",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "error",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.PlaceholderText: "muted",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Accent: "accent",
        role.Mid: "line",
    }.items():
        made.setColor(which, p.colour(name))
    disabled = QPalette.ColorGroup.Disabled
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(disabled, which, p.colour("muted"))
    return made


def style_sheet(p: Palette, px: Callable[[float], int]) -> str:
    """The whole style sheet for a palette at a scale."""
    text = RULES.replace("@tick@", "dark" if p.is_dark else "light")
    for name in sorted(Palette.__dataclass_fields__, key=len, reverse=True):
        value = getattr(p, name)
        if isinstance(value, str):
            text = text.replace(f"@{name}@", f"#{value}")
    return _with_lengths(text, px)


def _with_lengths(text: str, px: Callable[[float], int]) -> str:
    def length(found: re.Match[str]) -> str:
        at_100 = float(found[1])
        return f"{max(px(at_100), int(at_100)) if found[2] else px(at_100)}px"

    return re.sub(r"<([\d.]+)(\+?)>", length, text)
