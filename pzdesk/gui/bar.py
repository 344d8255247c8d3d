"""The quiet bar: what was done, with "Ongedaan maken"; a job that takes a while; and who else writes."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QProgressBar, QWidget

from pzdesk.domain.writer import writes_words
from pzdesk.gui.bench import Bench, Said
from pzdesk.gui.forms import Form
from pzdesk.gui.jobs import Job
from pzdesk.gui.parts import button, column, holder, row, text
from pzdesk.gui.shortcuts import keys_of
from pzdesk.gui.theme import mark, theme

GONE_AFTER_MS = 12_000
FOLLOWED_EVERY_MS = 100


class Bar(QWidget):
    """Above the status line; what waits to be read or done stays, the rest goes by itself."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._said = Said("")
        self._bench = bench
        self.words = text("")
        self.words.setAccessibleName("Melding")
        self.undo = button("Ongedaan maken", self._undo, role="quiet", keys=keys_of("undo"))
        self.act = button("", self._act, role="quiet")
        self.close_ = button("Sluiten", self.hide_words, role="quiet")
        self.line = QFrame()
        parts = row(self.words, self.undo, self.act, self.close_, gap=8, margin=8)
        parts.setStretch(0, 1)
        self.line.setLayout(parts)
        self.job_words = text("")
        self.steps = QProgressBar()
        self.steps.setTextVisible(False)
        self.steps.setFixedWidth(theme().px(180))
        self.stop = button("Stoppen", self._stop)
        self.work = QFrame()
        mark(self.work, "bar")
        self.work.setLayout(row(self.job_words, self.steps, self.stop, gap=12, margin=8))
        self.writer_words = text("")
        self.writer_words.setAccessibleName("Wie schrijft")
        self.take_over = button(
            "Schrijven overnemen…", bench.take_over_asked.emit, keys=keys_of("take-over")
        )
        self.writer = QFrame()
        mark(self.writer, "bar-warning")
        reads = row(self.writer_words, self.take_over, gap=8, margin=8)
        reads.setStretch(0, 1)
        self.writer.setLayout(reads)
        self._job: Job | None = None
        self._follow = QTimer(self)
        self._follow.setInterval(FOLLOWED_EVERY_MS)
        self._follow.timeout.connect(self._show_steps)
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.timeout.connect(self.hide_words)
        inside = holder(column(self.line, self.work, self.writer, gap=4, margin=8))
        self.setLayout(column(inside))
        self.line.hide()
        self.work.hide()
        bench.said.connect(self.say)
        bench.wrong_is_over.connect(self._over)
        bench.jobs.shown.connect(self._job_shown)
        bench.jobs.ended.connect(self._job_ended)
        bench.writer_told.connect(self.show_writer)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focused)
        self.show_writer()

    def say(self, said: Said) -> None:
        """Show a sentence."""
        self._said = said
        self.words.setText(said.sentence)
        self.undo.setVisible(said.undo is not None and not said.act)
        self.act.setText(said.act)
        self.act.setAccessibleName(said.act)
        self.act.setVisible(bool(said.act))
        mark(self.line, "bar-error" if said.is_error else "bar")
        self.words.style().polish(self.words)
        self.line.show()
        self._fit()
        if said.is_error or said.act:  # what waits for an answer
            self._gone.stop()
        else:
            self._gone.start(GONE_AFTER_MS)

    def show_writer(self) -> None:
        """Say who else writes, as long as somebody does: this window reads along."""
        other = self._bench.other_writer
        if other is not None:
            now = self._bench.desk.session.now
            self.writer_words.setText(f"{writes_words(other, now)} · u leest mee")
        self.writer.setVisible(other is not None)
        self._fit()

    @property
    def said(self) -> Said:
        """What was said last."""
        return self._said

    def let_go(self, said: Said) -> None:
        """The user went on: an error of the place before goes, one about the going itself stays."""
        if self._said is said and said.is_error and not said.stays:
            self.hide_words()

    def _over(self) -> None:
        self.let_go(self._said)

    def _focused(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The keyboard came into a form: what is told of its draft is answered."""
        while self._said.draft and now is not None and not self.line.isHidden():
            if isinstance(now, Form) and now.place == self._said.draft:
                self.hide_words()
            now = now.parentWidget()

    def hide_words(self) -> None:
        """Take the sentence away."""
        self.line.hide()
        self._fit()

    def _undo(self) -> None:
        if self._said.undo is not None:
            self._said.undo()

    def _act(self) -> None:
        self.hide_words()
        self._undo()

    def _job_shown(self, job: Job) -> None:
        self._job = job
        self.job_words.setText(f"{job.words}…")
        self.steps.setAccessibleName(f"Voortgang: {job.words}")
        self.stop.setVisible(job.can_cancel)
        self.work.show()
        self._follow.start()
        self._show_steps()
        self._fit()

    def _job_ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self._follow.stop()
            self.work.hide()
            self._fit()

    def _show_steps(self) -> None:
        if self._job is not None:
            self.steps.setMaximum(self._job.progress.total)
            self.steps.setValue(self._job.progress.done)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.progress.stop.set()
            self.job_words.setText("Bezig met stoppen…")

    def _fit(self) -> None:
        self.setVisible(any(not one.isHidden() for one in (self.line, self.work, self.writer)))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=False)
