"""The quiet bar: what was done, with "Ongedaan maken"; and the line of a job that takes a while."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from pzdesk.gui.bench import Bench, Said
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
        self._job: Job | None = None
        self._follow = QTimer(self)
        self._follow.setInterval(FOLLOWED_EVERY_MS)
        self._follow.timeout.connect(self._show_steps)
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.timeout.connect(self.hide_words)
        inside = holder(column(self.line, self.work, gap=4, margin=8))
        self.setLayout(column(inside))
        self.line.hide()
        self.work.hide()
        bench.said.connect(self.say)
        bench.jobs.shown.connect(self._job_shown)
        bench.jobs.ended.connect(self._job_ended)
        self._fit()

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
        self.setVisible(not self.line.isHidden() or not self.work.isHidden())
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=False)
