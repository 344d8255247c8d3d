"""Back-up: made, proved, tried out, copied to a second disk, and put back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from pzdesk.domain.backup import Backup
from pzdesk.domain.came_back import told
from pzdesk.domain.person import dutch_date, long_date
from pzdesk.domain.user import Right
from pzdesk.gui.changes import Change, Topic
from pzdesk.gui.flow import flow
from pzdesk.gui.forms import Form
from pzdesk.gui.pages.settings.part import SettingsPart
from pzdesk.gui.parts import Card, button, empty, fact, text
from pzdesk.gui.tables import Cell, Column, ValueTable
from pzdesk.gui.theme import theme
from pzdesk.services import opening
from pzdesk.services.backups import BackupState, Counts
from pzdesk.services.desk import Desk

_NOUNS = (
    ("patients", "patiënten"),
    ("pzp_versions", "PZP-versies"),
    ("meetings", "overleggen"),
    ("actions", "acties"),
    ("log", "regels in het logboek"),
)

_PUT_BACK = (
    "Een back-up terugzetten: kies er een met de pijltjes en druk op Enter, of klik er twee keer op. "
    "Eerst ziet u wat er verandert."
)


class BackupPart(SettingsPart):
    """Everybody may make and try one; a beheerder chooses the second folder and puts one back."""

    key = "back-up"
    title = "Back-up"

    @classmethod
    def may_see(cls, desk: Desk) -> bool:
        return desk.session.has(Right.BACKUP)

    def build(self) -> None:
        state, found = self.bench.desk.backups.state, self.bench.desk.backups.all()
        self._moments = {backup.about.made_at for backup in found}
        self.body.addWidget(self._now(state))
        self.body.addWidget(self._second(state))
        if not found:
            self.body.addWidget(
                empty(
                    "Nog geen back-up",
                    "pzdesk maakt er zelf een bij het openen en sluiten, en elk half uur als er iets is "
                    "gewijzigd. Elke back-up wordt eerst uitgelezen voordat hij telt.",
                )
            )
            self.body.addStretch(1)
            return
        table = ValueTable[Backup](self._columns(), "Back-ups")
        table.setMinimumHeight(theme().px(300))
        table.show_rows(found)
        if self.bench.desk.session.has(Right.RESTORE):
            table.opened.connect(self._begin_restore)
            self.body.addWidget(text(_PUT_BACK))
        self.body.addWidget(table, 1)

    def _now(self, state: BackupState) -> Card:
        card = Card("Back-up van deze praktijk")
        newest = state.newest
        card.add(
            fact(
                "Laatste back-up",
                moment_words(newest.about.made_at, self._at) if newest else "nog geen",
            ),
            fact(
                "Uitgeprobeerd of hij teruggezet kan worden",
                moment_words(state.rehearsed, self._at) if state.rehearsed else "nog niet",
            ),
        )
        tried = button("Nieuwste uitproberen", self._rehearse)
        tried.setEnabled(newest is not None)
        return card.add(flow(button("Nu een back-up maken", self._make, role="primary"), tried))

    def _second(self, state: BackupState) -> Card:
        warning = state.warning(self._at)
        card = Card("Tweede map", role="card-warning" if warning else "card")
        card.add(
            text(
                "Een back-up op dezelfde schijf helpt niet als de schijf stuk gaat of de computer weg is. "
                "Kies een map op een stick of een andere schijf: daar komt van elke back-up een tweede."
            )
        )
        if state.second is not None:
            card.add(fact("Map", str(state.second)))
            if lies := opening.warning_about_backups(state.second, self.bench.desk.session):
                card.add(text(lies, "warning"))
        if warning:
            card.add(text(warning, "warning"))
        if not self.bench.desk.session.has(Right.SETTINGS):
            return card.add(text("Alleen een beheerder kan dit wijzigen.", "small"))
        buttons = [button("Map kiezen…", self._choose)]
        if state.second is not None:
            buttons.append(
                button("Niet meer gebruiken", partial(self.use_second, None), role="quiet")
            )
        return card.add(flow(*buttons))

    @property
    def _at(self) -> datetime:
        return self.bench.desk.session.now

    def _columns(self) -> list[Column[Backup]]:
        return [
            Column("made", "Gemaakt", self._made, lambda b: b.about.made_at, 30),
            Column("where", "Waar", self._where, None, 40),
            Column("size", "Grootte", lambda b: Cell(_size(b.size)), lambda b: b.size, 14),
            Column("app", "Met pzdesk", lambda b: Cell(b.about.app), None, 16),
        ]

    def _made(self, backup: Backup) -> Cell:
        return Cell(row_words(backup.about.made_at, self._at, self._moments), is_strong=True)

    def _where(self, backup: Backup) -> Cell:
        own = backup.path.is_relative_to(self.bench.desk.session.store.folder)
        return Cell("bij de praktijk" if own else str(backup.path.parent))

    def _make(self) -> None:
        backups = self.bench.desk.backups
        self.bench.job(
            "Back-up maken",
            lambda progress: backups.make(step=progress.step),
            done=lambda made: self._told(f"Back-up gemaakt en gecontroleerd ({_size(made.size)})"),
            can_cancel=True,
        )

    def _rehearse(self) -> None:
        backups = self.bench.desk.backups
        self.bench.job(
            "Back-up uitproberen",
            lambda _: backups.rehearse(),
            done=lambda _: self._told("De nieuwste back-up is heel en kan worden teruggezet"),
        )

    def _told(self, sentence: str) -> None:
        self.bench.tell(sentence)
        self.bench.changes.tell(Change(Topic.BACKUP))

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Map voor de tweede back-up")
        if chosen:
            self.use_second(Path(chosen))

    def use_second(self, folder: Path | None) -> None:
        """Use a second folder, or none any more."""
        backups = self.bench.desk.backups
        said = (
            "Tweede map gekozen; de volgende back-up komt ook daar"
            if folder
            else "Geen tweede map meer"
        )
        before = backups.state.second
        self.bench.act(
            lambda: backups.use_second(folder),
            said=said,
            change=Change(Topic.BACKUP),
            undo=lambda _: backups.use_second(before),
        )

    def _begin_restore(self, backup: Backup) -> None:
        backups = self.bench.desk.backups
        back: list[str] = []  # filled off this thread, read when that is done
        self.bench.job(
            "Back-up bekijken",
            lambda _: backups.compare(backup.path, tell=back.extend),
            done=lambda found: self._ask(backup, *found, back),
        )

    def _ask(self, backup: Backup, then: Counts, now: Counts, back: Sequence[str]) -> None:
        made = backup.about.made_at
        form = Form(
            f"Terugzetten: de praktijk van {long_date(made.date())}, {made:%H.%M} uur",
            lambda _: self._restore(backup),
            cancel=self.close_form,
            words="Terugzetten",
        )
        form.put(text("Deze back-up is zojuist helemaal uitgelezen en is heel.", "good"))
        for key, noun in _NOUNS:
            form.put(text(f"{then[key]} {noun} · nu {now[key]}"))
        if again := destroyed_words(then):
            form.put(text(again, "warning"))
        if users := told(back):
            form.put(text(users, "warning"))
        form.put(
            text(
                "Wat na dit moment is vastgelegd, staat dan niet meer in de praktijk. Het gaat niet weg: de "
                "praktijk van nu komt in de map met back-ups te liggen, en kan weer worden teruggezet.",
                "warning",
            )
        )
        self.open_form(form)

    def _restore(self, backup: Backup) -> None:
        self.close_form()
        self.bench.restore_asked.emit(backup.path)


def destroyed_words(then: Counts) -> str:
    """That what was destroyed does not come back with an older backup; empty where nothing was."""
    files, parts = then.get("destroyed", 0), then.get("destroyed_parts", 0)
    said = []
    if files:
        many = "1 dossier dat" if files == 1 else f"{files} dossiers die"
        verb, comes = ("is", "komt") if files == 1 else ("zijn", "komen")
        said.append(f"{many} daarna {verb} vernietigd, {comes} niet terug.")
    if parts:
        many = "1 dossier" if parts == 1 else f"{parts} dossiers"
        said.append(f"Delen van {many} die daarna zijn vernietigd, komen niet terug.")
    return " ".join(said)


def moment_words(moment: datetime, now: datetime) -> str:
    """A moment as somebody says it: "vandaag 14.05 uur", else the day with it."""
    days = (now.date() - moment.date()).days
    day = {0: "vandaag", 1: "gisteren"}.get(days, dutch_date(moment.date()))
    return f"{day} {moment:%H.%M} uur"


def row_words(moment: datetime, now: datetime, others: Collection[datetime]) -> str:
    """As ``moment_words``, to the second where another one is of the same minute."""
    words = moment_words(moment, now)
    twins = {other for other in others if moment_words(other, now) == words}
    return words.replace(" uur", f".{moment:%S} uur") if twins - {moment} else words


def _size(size: int) -> str:
    return f"{max(size / 1e6, 0.1):.1f} MB".replace(".", ",")
