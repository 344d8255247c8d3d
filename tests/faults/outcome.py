"""What a harness found, and how it is told."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How often something was tried and survived; ``seen`` is what the positive control caught.

    A control does the harm that must be found (or leaves out what protects): a harness that sees nothing
    of it could not have seen a loss either.
    """

    promise: str
    tried: int
    survived: int
    detail: str = ""
    control: str = ""
    seen: bool = True

    @property
    def held(self) -> bool:
        """Whether nothing was lost and the harness can see a loss."""
        return self.tried > 0 and self.tried == self.survived and self.seen


def table(outcomes: Sequence[Outcome]) -> str:
    """The outcomes as text in columns."""
    lines = [f"{'belofte':<44} {'beproefd':>9} {'goed':>7} {'verloren':>9}  controle"]
    for one in outcomes:
        lost = one.tried - one.survived
        control = (
            f"{one.control}: {'gezien' if one.seen else 'NIET GEZIEN'}" if one.control else "-"
        )
        lines.append(f"{one.promise:<44} {one.tried:>9} {one.survived:>7} {lost:>9}  {control}")
        if one.detail:
            lines.append(f"    {one.detail}")
    return "\n".join(lines)
