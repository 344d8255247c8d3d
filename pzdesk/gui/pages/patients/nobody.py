"""What the list of patients says when nobody stands in it: how to begin, or where to look."""

from collections.abc import Callable, Sequence

from pzdesk.gui.pages.patients.columns import STANDS
from pzdesk.gui.parts import Card, button, empty


def nobody_yet(
    begin_import: Callable[[], object], begin_new: Callable[[], object], *, may_import: bool
) -> Card:
    """What stands on the page of a practice without patients."""
    if not may_import:
        return empty(
            "Nog geen patiënten",
            "Hier komen de mensen te staan die uw praktijk in pzdesk volgt. Een huisarts of POH voegt "
            "hen toe.",
        )
    return empty(
        "Nog geen patiënten",
        "Hier komen de mensen te staan die u in pzdesk volgt. Neem een lijst uit het HIS over, of voeg "
        "iemand toe.",
        button("Lijst inlezen…", begin_import, role="primary"),
        button("Nieuwe patiënt", begin_new),
    )


def nobody_words(typed: str, here: str, *, narrowed: bool) -> str:
    """Why the list is empty, and what Esc does; ``here`` is the list of now in words."""
    if typed:
        more = (
            " en deze keuzes. Esc toont weer iedereen." if narrowed else ". Esc wist de zoekterm."
        )
        return f"Niemand gevonden met “{typed}” bij “{here}”{more}"
    if narrowed:
        return "Niemand past bij deze keuzes. Esc toont weer iedereen."
    return f"Niemand staat bij “{here}”."


def where_else(found: Sequence[str], here: str) -> tuple[str, int] | None:
    """In which other list most of those stand who were found, and how many; this one as the last resort."""
    there = {key: count for key, _ in STANDS if (count := found.count(key))}
    if not there:
        return None
    key = max(there, key=lambda key: (key != here, there[key]))
    return key, there[key]
