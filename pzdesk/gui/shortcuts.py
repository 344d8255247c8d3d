"""Every shortcut of the window in one table: it binds them, shows them beside their act and in help."""

import re
from dataclasses import dataclass

EVERYWHERE = "overal"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys (as Qt writes them) that start an act on one page, or everywhere."""

    keys: str
    act: str
    words: str
    where: str = EVERYWHERE


SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("Ctrl+K", "search", "Zoeken"),
    Shortcut("Ctrl+1", "page-1", "Vandaag"),
    Shortcut("Ctrl+2", "page-2", "Patiënten"),
    Shortcut("Ctrl+3", "page-3", "MDO"),
    Shortcut("Ctrl+4", "page-4", "Acties"),
    Shortcut("Ctrl+5", "page-5", "Beheer"),
    Shortcut("Ctrl+N", "new", "Nieuw"),
    Shortcut("F2", "edit", "Wijzigen"),
    Shortcut("Ctrl+S", "save", "Opslaan"),
    Shortcut("Ctrl+Z", "undo", "Ongedaan maken"),
    Shortcut("Ctrl+P", "print", "Afdrukken"),
    Shortcut("Ctrl+L", "lock", "Vergrendelen"),
    Shortcut("F12", "take-over", "Schrijven overnemen, als iemand anders schrijft"),
    Shortcut("Ctrl++", "larger", "Groter"),
    Shortcut("Ctrl+-", "smaller", "Kleiner"),
    Shortcut("F1", "help", "Hulp bij deze pagina"),
    Shortcut("Esc", "back", "Terug"),
    Shortcut("Ctrl+N", "new", "Nieuwe patiënt", "patienten"),
    Shortcut("Ctrl+N", "new", "Nieuwe actie", "acties"),
    Shortcut("Ctrl+N", "new", "Nieuw overleg", "mdo"),
    Shortcut("Alt+Up", "earlier", "Eerder op de agenda", "mdo"),
    Shortcut("Alt+Down", "later", "Later op de agenda", "mdo"),
    Shortcut("Ctrl+Right", "next", "Volgende op de agenda", "mdo"),
    Shortcut("Ctrl+Left", "previous", "Vorige op de agenda", "mdo"),
    Shortcut("F5", "hold", "Start overleg", "mdo"),
    Shortcut("+", "longer", "Vijf minuten meer", "mdo"),
    Shortcut("-", "shorter", "Vijf minuten minder", "mdo"),
    Shortcut("F6", "propose", "Voorstel noteren (tijdens het overleg)", "mdo"),
    Shortcut("F7", "feedback", "Wie koppelt terug (tijdens het overleg)", "mdo"),
    Shortcut("F8", "no-action", "Geen actie (tijdens het overleg)", "mdo"),
    Shortcut("F9", "blank", "Scherm leeg (tijdens het overleg)", "mdo"),
    Shortcut("Ctrl+PgDown", "part-next", "Volgend onderdeel van het PZP-formulier", "dossier"),
    Shortcut("Ctrl+PgUp", "part-previous", "Vorig onderdeel van het PZP-formulier", "dossier"),
    Shortcut("Ctrl+Shift+C", "copy-his", "Kopieer voor HIS", "dossier"),
    Shortcut("Alt+O", "section-overzicht", "Overzicht", "dossier"),
    Shortcut("Alt+M", "section-markering", "Markering", "dossier"),
    Shortcut("Alt+P", "section-pzp", "PZP", "dossier"),
    Shortcut("Alt+D", "section-dimensies", "Vier dimensies", "dossier"),
    Shortcut("Alt+Z", "section-mantelzorg", "Mantelzorg", "dossier"),
    Shortcut("Alt+N", "section-netwerk", "Zorgnetwerk", "dossier"),
    Shortcut("Alt+R", "section-reviews", "Reviews, medicatie", "dossier"),
    Shortcut("Alt+A", "section-mdo", "MDO en acties", "dossier"),
    Shortcut("Alt+H", "section-acuut", "Acuut (HAP)", "dossier"),
    Shortcut("Alt+T", "section-tijdlijn", "Tijdlijn", "dossier"),
)


SHOWN = {
    "Return": "Enter",
    "Right": "→",
    "Left": "←",
    "Up": "↑",
    "Down": "↓",
    "PgDown": "Page Down",
    "PgUp": "Page Up",
}


def keys_of(act: str, where: str = EVERYWHERE) -> str:
    """The keys of an act on a page, or everywhere; empty when it has none."""
    for place in (where, EVERYWHERE):
        for shortcut in SHORTCUTS:
            if shortcut.act == act and shortcut.where == place:
                return shortcut.keys
    return ""


def shown(keys: str) -> str:
    """Keys as a user reads them."""
    return re.sub(r"\w+", lambda key: SHOWN.get(key[0], key[0]), keys)


def on_page(where: str) -> tuple[Shortcut, ...]:
    """What works on a page: its own first, then what works everywhere and is not its own."""
    own = tuple(s for s in SHORTCUTS if s.where == where)
    taken = {s.keys for s in own}
    return own + tuple(s for s in SHORTCUTS if s.where == EVERYWHERE and s.keys not in taken)
