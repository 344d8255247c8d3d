"""What this program put on the clipboard: other programs are asked not to keep it, and it does not stay.

It goes after a few minutes, at the lock and at the end; what another program copied since is left alone. A
program that keeps what is copied may still have kept it: that is asked, not held (SECURITY.md).
"""

import sys
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

MINUTES = 3
CHOICES = (1, 2, 3)
"""Of minutes; three is the longest that is promised."""
MINUTES_OF = "klembord/minuten"
"""The remembered choice of a user."""
OURS = "application/x-pzdesk"
# What keeps a list of copied texts looks at these marks: KDE, macOS, and the list and cloud of Windows.
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_MARKS: tuple[tuple[str, bytes], ...] = (
    ("x-kde-passwordManagerHint", b"secret"),
    *(
        {
            "darwin": (("application/x-nspasteboard-concealed-type", b""),),
            "win32": (
                (_WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"), b"1"),
                (_WINDOWS.format("CanIncludeInClipboardHistory"), bytes(4)),
                (_WINDOWS.format("CanUploadToCloudClipboard"), bytes(4)),
            ),
        }.get(sys.platform, ())
    ),
)


def put(words: str) -> None:
    """Put a text on the clipboard, with the marks that ask others not to keep it."""
    data = QMimeData()
    data.setText(words)
    data.setData(OURS, b"1")
    for mark, value in _MARKS:
        data.setData(mark, value)
    QApplication.clipboard().setMimeData(data)


def forget() -> bool:
    """Empty the clipboard where it holds what this program put on it; whether it did."""
    board, forgot = QApplication.clipboard(), False
    modes = [QClipboard.Mode.Clipboard]
    if board.supportsSelection():
        modes.append(QClipboard.Mode.Selection)
    for mode in modes:
        if _is_ours(board, mode) and board.text(mode):
            board.clear(mode)
            forgot = forgot or mode is QClipboard.Mode.Clipboard
    return forgot


def _is_ours(board: QClipboard, mode: QClipboard.Mode) -> bool:
    """Also what was copied with Ctrl+C out of a field; not every system knows whose that is."""
    owns = board.ownsSelection() if mode is QClipboard.Mode.Selection else board.ownsClipboard()
    found = board.mimeData(mode)
    return owns or (found is not None and found.hasFormat(OURS))


class Watch(QObject):
    """Empties the clipboard so many minutes after the last time that something of ours came on it."""

    def __init__(self, minutes: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(forget)
        QApplication.clipboard().dataChanged.connect(self._changed)

    def _changed(self) -> None:
        if _is_ours(QApplication.clipboard(), QClipboard.Mode.Clipboard):
            self.timer.start(round(self._minutes() * 60_000))
        else:
            self.timer.stop()
