"""The clock of Overleg: what time it is, and how long the meeting still has."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel

from pzdesk.domain.mdo import Meeting, MeetingState
from pzdesk.gui.bench import Bench
from pzdesk.gui.theme import mark

SHOWN_EVERY_MS = 20_000


class Clock(QLabel):
    """It counts from when the meeting came in sight, and stands still while nobody sees it."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        mark(self, "muted")
        self._bench = bench
        self._began: datetime | None = None
        self._meeting: Meeting | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(SHOWN_EVERY_MS)
        self._timer.timeout.connect(self._show)

    def begin(self, meeting: Meeting, *, is_new: bool) -> None:
        """Show the time of a meeting; of a new one it is counted from now."""
        self._meeting = meeting
        if is_new or self._began is None:
            self._began = self._bench.desk.session.now
        self._timer.start()
        self._show()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._timer.stop()

    def _show(self) -> None:
        if self._meeting is None or self._began is None:
            return
        now = self._bench.desk.session.now
        if self._meeting.state is MeetingState.HELD:
            self.setText(f"{now:%H.%M}")
            return
        left = self._began + timedelta(minutes=self._meeting.minutes) - now
        minutes = int(left.total_seconds() // 60)
        rest = f"nog {minutes} min" if minutes >= 0 else f"{-minutes} min over tijd"
        self.setText(f"{now:%H.%M} · {rest}")
