"""Who writes, in an open window: looked at every moment, told to every form, and taken over when asked."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from pzdesk.domain.errors import PzdeskError
from pzdesk.domain.writer import Writer, clock_words, taken_words, writes_words
from pzdesk.gui.bench import Bench
from pzdesk.gui.forms import Form
from pzdesk.gui.frame import Frame
from pzdesk.gui.parts import Card, button, column, fact, row, text
from pzdesk.gui.theme import mark, theme
from pzdesk.services import writing
from pzdesk.services.writing import ANSWER_WORDS

LOOKED_EVERY_MS = 1_500
QUIET_SECONDS = 120.0
"""After so long without saving or typing, this window keeps nobody from writing."""
FRESH_SECONDS = 15.0
TITLE = "Schrijven overnemen"
READS_ONLY = (
    "{}. Opslaan kan zodra dat klaar is, of als u het schrijven overneemt (onder in het venster)."
)
AS_DRAFT = " Wat u typt, wordt als concept bewaard."
KEPT = "{} Wat u typte, is als concept bewaard; u leest nu mee."
FREE = "{} schrijft niet meer. U kunt weer opslaan."
NOBODY = "Niemand anders schrijft nu; u kunt opslaan."
TAKEN = "U schrijft nu, in plaats van {}."


class WriterWatch(QObject):
    """Looks who writes. This window begins to write when something is typed, and lets go when it is quiet."""

    def __init__(
        self, bench: Bench, frame: Frame, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(frame)
        self._bench, self._frame, self._clock = bench, frame, clock
        self._busy_at = clock()
        self._waits = False  # somebody took over: what was typed before waits for its user
        self.dialog: TakeOverDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKED_EVERY_MS)
        self._timer.timeout.connect(self.look)
        bench.changes.told.connect(lambda _: self._is_busy())
        bench.take_over_asked.connect(self.ask)

    def start(self) -> None:
        """Look now and from now on."""
        self.look()
        self._timer.start()

    def stop(self) -> None:
        """The window closes or locks: from now on it keeps nobody from writing, whatever else takes long."""
        self._timer.stop()
        writing.let_go(self._bench.desk.session)
        if self.dialog is not None:
            self.dialog.reject()

    def look(self) -> None:
        """See who writes now, and tell what changed."""
        session = self._bench.desk.session
        before, found = self._bench.other_writer, writing.look(session)
        typed = any(form.was_typed for form in self._forms())
        if (taker := found.gave_to or found.lost_to) is not None:
            self._waits = True
            self._taken_by(taker)
        elif found.is_mine:
            self._waits = False
            if typed or self._bench.jobs.is_busy:
                self._is_busy()
            elif self._clock() - self._busy_at > QUIET_SECONDS:
                writing.let_go(session)
        elif found.other is None and typed and not self._waits:
            try:
                writing.begin(session)
            except PzdeskError:  # told where something is saved
                return
            self._is_busy()
        if (found.other and found.other.token) != (before and before.token):
            self._bench.tell_writer(found.other)
            if before is not None and found.other is None:
                self._waits = False
                self._may_write(before, is_mine=found.is_mine)
        self._tell_forms(found.other)
        if self.dialog is not None:
            self.dialog.show_sign(found.other)

    def ask(self) -> None:
        """Ask whether to take over from who writes now."""
        self.look()  # somebody may have begun since the last look
        other = self._bench.other_writer
        if other is None:
            self._bench.tell(NOBODY)
        if other is None or self.dialog is not None:
            return
        self.dialog = TakeOverDialog(other, self._bench, self._take_over, self._frame)
        self.dialog.finished.connect(self._asked)
        self.dialog.open()

    def _asked(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _take_over(self) -> None:
        service = self._bench.desk.writing
        self._bench.job(
            "Schrijven overnemen",
            lambda progress: service.take_over(progress.is_cancelled),
            done=self._took_over,
            can_cancel=True,
        )

    def _took_over(self, former: Writer) -> None:
        self.look()
        self._bench.tell(TAKEN.format(former.who))

    def _taken_by(self, taker: Writer) -> None:
        for form in self._forms():
            form.keep_draft()
        said = taken_words(taker, self._bench.desk.session.now)
        self._bench.tell(KEPT.format(said), is_error=True)

    def _may_write(self, before: Writer, *, is_mine: bool) -> None:
        """What the other one changed is shown; a form that is open stays as it is."""
        try:
            self._frame.page.reload()
        except PzdeskError as problem:
            self._bench.tell(str(problem), is_error=True)
            return
        if not is_mine:
            self._bench.tell(FREE.format(before.who))

    def _tell_forms(self, other: Writer | None) -> None:
        now = self._bench.desk.session.now
        why = READS_ONLY.format(writes_words(other, now)) if other is not None else ""
        for form in self._forms():
            words = f"{why}{AS_DRAFT}" if why and form.keeps_drafts else why
            if form.reads_only.text() != words:
                form.tell_reads_only(words)

    def _forms(self) -> list[Form]:
        """The forms that are open on the page of now."""
        return [form for form in self._frame.findChildren(Form) if form.isVisible()]

    def _is_busy(self) -> None:
        self._busy_at = self._clock()


class TakeOverDialog(QDialog):
    """Shows who writes and asks whether to take over; ``take_over`` is called when so."""

    def __init__(
        self, other: Writer, bench: Bench, take_over: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._token, self._sign = other.token, other.last_sign
        self._moved_at = time.monotonic() - FRESH_SECONDS
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        mark(self, "ground")
        wide = theme().px(520)
        self.setFixedWidth(wide)
        now = bench.desk.session.now
        self.sign = text("", "strong")
        self.sign.setAccessibleName("Laatste teken van leven")
        login = f" ({other.login})" if other.login and other.login != other.who else ""
        who = Card(f"{other.who}{login}")
        since = clock_words(other.since, now) if other.since else "onbekend"
        facts = row(
            fact("Computer", other.computer or "onbekend"),
            fact("Schrijft sinds", since),
            column(text("Laatste teken van leven", "small"), self.sign, gap=1),
            gap=16,
        )
        who.add(facts)
        yes = button("Overnemen", self.accept, role="primary")
        no = button("Niet overnemen", self.reject, keys="Esc")
        parts = column(
            text("Het schrijven overnemen?", "title"),
            who,
            text(
                "Het andere venster krijgt dit te zien en leest daarna mee. Wat daar net is getypt, "
                "wordt als concept bewaard."
            ),
            text(
                f"Antwoordt het niet binnen {ANSWER_WORDS} (vastgelopen, slaapstand, netwerk weg), dan "
                "neemt u toch over en kan daar niets meer worden opgeslagen. In het logboek komt te "
                "staan dat u hebt overgenomen, en van wie.",
                "muted",
            ),
            row(yes, no, None),
            gap=12,
            margin=20,
        )
        self.setLayout(parts)
        self.accepted.connect(take_over)
        self.show_sign(other)
        self.setFixedHeight(
            parts.totalHeightForWidth(wide)
        )  # Qt would leave room for narrower lines
        yes.setFocus()

    def show_sign(self, other: Writer | None) -> None:
        """Say when the other window last gave a sign of life; close where nothing is left to take over."""
        if other is None or other.token != self._token:
            self.reject()
            return
        now, sign = self._bench.desk.session.now, other.last_sign
        if sign is None:
            self.sign.setText("onbekend")
            return
        # Another computer's clock may differ: that the moment moves on while one looks says more.
        if sign != self._sign:
            self._sign, self._moved_at = sign, time.monotonic()
        is_near = abs((now - sign).total_seconds()) < FRESH_SECONDS
        is_moving = time.monotonic() - self._moved_at < FRESH_SECONDS
        self.sign.setText("zojuist" if is_near or is_moving else clock_words(sign, now))
