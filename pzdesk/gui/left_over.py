"""What was typed and not saved before pzdesk ended: told when it opens again, with the way back to it."""

import re
from collections.abc import Callable, Mapping

from pzdesk.domain.patient import PatientId
from pzdesk.gui.bench import Bench, Said
from pzdesk.gui.pages.file import SECTIONS
from pzdesk.gui.pages.settings.page import PARTS
from pzdesk.gui.places import Place, file_of
from pzdesk.services.drafts import Draft

BACK = "Verder typen"
TITLES = {kind.key: kind.title for kind in (*PARTS, *SECTIONS)}
# How forms call their drafts, what such a form is to a user (with the title of its part), and where it is.
KINDS: tuple[tuple[str, str, Callable[[re.Match[str]], Place]], ...] = (
    (
        r"dossier-(\d+)-([a-z]+)-(.+)",
        "een formulier in een dossier ({1})",
        lambda found: file_of(PatientId(int(found[1])), found[2], found[3]),
    ),
    (
        r"patient-(\d+)",
        "de gegevens van een patiënt",
        lambda found: file_of(PatientId(int(found[1])), act="gegevens"),
    ),
    (r"patient-nieuw", "een nieuwe patiënt", lambda _: Place(page="patienten", act="new")),
    (
        r"beheer-([a-z-]+?)-([a-z0-9]+(?:-\d+)?)",
        "een formulier in Beheer ({0})",
        lambda found: Place(page="beheer", section=found[1], act=found[2]),
    ),
    (r"lijst-inlezen", "een lijst uit het HIS", lambda _: Place(page="patienten", act="inlezen")),
    (r"actie-nieuw", "een nieuwe actie", lambda _: Place(page="acties", act="new")),
    (
        r"actie-(\d+)",
        "een actie",
        lambda found: Place(page="acties", act=f"afronden-{found[1]}"),
    ),
    (r"mdo-nieuw", "een nieuw overleg", lambda _: Place(page="mdo", act="new")),
    (
        r"mdo-overleg-(\d+)",
        "de gegevens van een overleg",
        lambda found: Place(page="mdo", act=f"wijzigen-{found[1]}"),
    ),
    (
        r"mdo-erbij-(\d+)",
        "iets voor de agenda van een overleg",
        lambda found: Place(page="mdo", section="voorbereiden", meeting=int(found[1]), act="new"),
    ),
)


def place_of(draft: str) -> tuple[str, Place] | None:
    """What a draft is to a user and where its form is; None where the form keeps it shown by itself."""
    for pattern, words, place in KINDS:
        if found := re.fullmatch(pattern, draft):
            said = words.format(*(TITLES.get(part, part) for part in found.groups()))
            return said, place(found)
    return None


def tell_left_over(bench: Bench, pages: tuple[str, ...]) -> None:
    """Say in the bar what was left, the last one first, unless there is nothing to go back to."""
    if told := said_of(bench.desk.drafts.left(), pages, bench.go):
        bench.said.emit(told)


def said_of(
    left: Mapping[str, Draft], pages: tuple[str, ...], go: Callable[[Place], object]
) -> Said | None:
    """The sentence and the way back; no name stands in it, for it is there before anybody looked."""
    found = [(name, place_of(name), draft) for name, draft in left.items()]
    known = [(name, what, draft) for name, what, draft in found if what and what[1].page in pages]
    if not known:
        return None
    name, (words, place), last = known[0]
    more = f" Er zijn nog {len(known) - 1} andere concepten." if len(known) > 2 else ""
    more = " Er is nog een ander concept." if len(known) == 2 else more
    return Said(
        f"Nog niet opgeslagen: {words}, getypt op {last.when:%d-%m} om {last.when:%H.%M} uur.{more}",
        lambda: go(place),
        act=BACK,
        draft=name,
    )
