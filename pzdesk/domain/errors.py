"""What pzdesk tells its user: every error here carries one Dutch sentence that says what to do.

Anything that is not a ``PzdeskError`` is a bug and is never shown as if the user caused it.
"""


class PzdeskError(Exception):
    """The user's fault or the world's, not ours; ``str(error)`` is a sentence to show as it is."""


class Refused(PzdeskError):
    """What was asked cannot be done as things are now."""


class BadInput(PzdeskError):
    """A value that was typed or read cannot be used; ``field`` names where it was typed."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class NotFound(PzdeskError):
    """Something was asked for that is not in the store."""


class NotAllowed(PzdeskError):
    """The acting user's roles do not include the right that is needed."""


class Stale(PzdeskError):
    """Somebody else changed the same thing since it was read; ``told`` says who and when."""

    def __init__(self, sentence: str, *, told: str = "") -> None:
        super().__init__(sentence)
        self.told = told or sentence


class NeedsChoice(PzdeskError):
    """pzdesk will not guess: the user chooses one of ``candidates`` (lines to show)."""

    def __init__(self, sentence: str, *, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.candidates = candidates


class Cancelled(PzdeskError):
    """The user stopped a long act; nothing of it was kept."""


class UnreadableFile(PzdeskError):
    """A file from outside is damaged, foreign, locked or too large."""


class StoreError(PzdeskError):
    """The store cannot be opened or used as it is."""


class StoreMissing(StoreError):
    """There is no store, or a part of it is missing."""


class StoreDamaged(StoreError):
    """A part of the store is not what pzdesk wrote."""


class StoreNewer(StoreError):
    """The store was written by a newer pzdesk."""


class StoreBusy(StoreError):
    """Somebody else is writing, or holds the lock."""


class TakenOver(StoreBusy):
    """Somebody took over the writing; what was to be saved was not."""


class WrongPassphrase(StoreError):
    """The passphrase or the recovery code does not open a slot."""
