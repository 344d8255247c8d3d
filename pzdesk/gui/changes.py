"""What was changed, told to every page at once; each decides whether to read again."""

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from pzdesk.domain.patient import PatientId


class Topic(Enum):
    """What kind of thing changed."""

    PATIENT = auto()
    NETWORK = auto()
    MEETING = auto()
    ACTION = auto()
    PRACTICE = auto()
    BACKUP = auto()
    DESTROYED = auto()


@dataclass(frozen=True, slots=True)
class Change:
    """Something of one patient or one meeting changed; None where it is about more than one."""

    topic: Topic
    patient: PatientId | None = None
    meeting: int | None = None


class Changes(QObject):
    """The one signal of all changes."""

    told = Signal(object)

    def tell(self, change: Change) -> None:
        """Tell a change."""
        self.told.emit(change)
