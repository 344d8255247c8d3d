"""One realistic value for each paper; the people are fictional."""

from datetime import date, datetime, time

from pzdesk.documents.agenda import (
    AgendaPaper,
    AgendaRow,
    CasePage,
    Minutes,
    NewAction,
)
from pzdesk.documents.parts import (
    ActionLine,
    Actions,
    DimensionLine,
    Dimensions,
    PersonHead,
    Section,
)
from pzdesk.documents.style import Imprint
from pzdesk.domain.course import Reading

IMPRINT = Imprint(
    practice="Huisartsenpraktijk De Brink",
    printed_at=datetime(2026, 11, 24, 14, 5),
    printed_by="M. Wiersma",
    confidentiality="Vertrouwelijk · alleen voor deelnemers aan dit overleg",
)


def _course(*levels: int) -> tuple[Reading, ...]:
    days = (date(2026, 7, 6), date(2026, 8, 18), date(2026, 10, 5), date(2026, 11, 20))
    return tuple(Reading(day, level) for day, level in zip(days, levels, strict=True))


DIMENSIONS = Dimensions(
    period="juli tot 20-11-2026",
    lines=(
        DimensionLine(
            name="Lichamelijk",
            readings=_course(1, 1, 1, 2),
            word="matig",
            direction="slechter",
            finding="benauwd bij inspanning en ’s nachts (zelf gescoord: 4 → 6)",
            according_to="volgens mevrouw",
        ),
        DimensionLine(
            name="Psychisch",
            readings=_course(0, 0, 0, 2),
            word="matig",
            direction="slechter",
            finding="somber sinds de laatste opname, wil erover praten",
            according_to="volgens mevrouw en wijkverpleging",
        ),
        DimensionLine(
            name="Sociaal",
            readings=_course(1, 2, 2, 2),
            word="matig",
            direction="gelijk",
            finding="echtgenoot doet alles zelf, dochter woont ver",
            according_to="volgens dochter",
            plan="sociaal werk belt de echtgenoot",
        ),
        DimensionLine(
            name="Zingeving",
            readings=_course(1, 1, 1, 0),
            word="geen",
            direction="beter",
            finding="steun aan de kerk; wil de 60-jarige trouwdag halen",
        ),
    ),
)

OPEN_ACTIONS = (
    ActionLine(what="Nachtzorg aanvragen", who="F. Hoekstra", due="27-11", since="20-10"),
    ActionLine(
        what="Diuretica nalopen met apotheker", who="dr. De Boer", due="26-11", since="20-10"
    ),
)

HEAD = PersonHead(
    number="2",
    name="Mevrouw A. (Anna) Jansen-de Vries",
    born="14-03-1941",
    at="12.45, 10 min",
    facts=(
        "85 jaar",
        "hartfalen (K77)",
        "symptoomgericht sinds 12-11-2026",
        "urgentie: binnenkort (12-11, dr. De Boer)",
        "complex",
        "thuis",
    ),
    limits=(
        "Niet reanimeren",
        "geen beademing",
        "geen IC",
        "wel ziekenhuis, alleen bij een breuk",
        "antibiotica ja",
        "bloedproduct nog niet besproken",
        "ICD: uitzetten afgesproken",
    ),
    lines=(
        ("PZP", "versie 3 van 19-11-2026, dr. De Boer met mevrouw en dochter"),
        ("centrale zorgverlener", "F. Hoekstra, wijkverpleging, 06-12 34 56 78"),
        ("gewenste plek van overlijden", "thuis"),
        ("eerste contact", "dochter Marleen Jansen, 06-87 65 43 21"),
        ("hoofdbehandelaar", "dr. J. de Boer, huisarts, 0592-12 34 56"),
        ("wilsbekwaam", "ja (19-11-2026); anders beslist dochter Marleen Jansen"),
    ),
)

CASE = CasePage(
    head=HEAD,
    blocks=(
        Section(
            title="Bespreekvraag",
            lines=(
                "Hoe ontlasten we de echtgenoot, en wat doen we als zij ’s nachts benauwd wordt?",
            ),
        ),
        Section(
            title="Gewijzigd sinds het overleg van 20 oktober",
            lines=(
                "Symptoomgericht in plaats van ziektegericht. PZP: ziekenhuis van “ja” naar “ja, alleen bij "
                "een breuk”. Benauwdheid (eigen score) 4 → 6; psychisch geen → matig. Volhoudtijd "
                "echtgenoot 1–6 maanden → korter dan een maand.",
            ),
        ),
        DIMENSIONS,
        Section(
            title="Mantelzorg",
            lines=(
                "Wim Jansen, echtgenoot, 87: volhoudtijd korter dan een maand (20-11). "
                "Vervolg nog niet afgesproken.",
            ),
        ),
        Section(title="Wensen", lines=("De 60-jarige trouwdag thuis vieren op 12 december.",)),
        Section(
            title="Inbreng vooraf",
            lines=("Apotheker J. Mulder: graag nierfunctie vóór een volgende stap met diuretica.",),
        ),
        Actions(items=OPEN_ACTIONS),
        Section(title="Vooruitkijken", empty="geen scenario’s vastgelegd"),
    ),
    minutes=Minutes(feedback="mevrouw en naaste"),
)

EVALUATION = CasePage(
    head=PersonHead(
        number="7",
        name="De heer K. (Klaas) Dijkstra",
        born="30-09-1938",
        at="13.20, 5 min",
        facts=("overleden op 16-10-2026, 88 jaar", "longkanker (R84)", "thuis"),
        limits=("Niet reanimeren", "niet naar het ziekenhuis"),
        lines=(
            ("gewenste plek van overlijden", "thuis, bereikt"),
            ("nabestaande", "mevrouw T. Dijkstra-Postma, 0592-65 43 21"),
        ),
    ),
    blocks=(
        Section(title="Wat ging goed", empty="nog niets vastgelegd"),
        Section(title="Wat kan beter", empty="nog niets vastgelegd"),
        Section(
            title="Nazorg",
            lines=("Mevrouw gebeld op 23-10 door dr. De Boer; gesprek op 4 december.",),
        ),
        Actions(empty="geen open acties"),
    ),
    minutes=Minutes(title="Afspraken", feedback="mevrouw Dijkstra"),
)

AGENDA = AgendaPaper(
    imprint=IMPRINT,
    on=date(2026, 12, 1),
    starts=time(12, 30),
    ends=time(13, 30),
    minutes_available=60,
    place="vergaderkamer",
    chair="M. Wiersma (POH)",
    expected=(
        "dr. De Boer",
        "F. Hoekstra (wijkverpleging)",
        "R. Smit (PZVP)",
        "L. Oosting (sociaal werk)",
    ),
    beforehand=("J. Mulder (apotheker)",),
    rows=(
        AgendaRow(
            start=time(12, 30),
            minutes=5,
            title="Opening, open acties van 20 oktober",
            open_actions=(
                ActionLine(
                    what="Lijst VPTZ-vrijwilligers opvragen",
                    who="L. Oosting",
                    due="30-11",
                    since="20-10",
                ),
                ActionLine(what="Palliakit aanvullen", who="M. Wiersma", since="08-09"),
            ),
        ),
        AgendaRow(
            start=time(12, 35),
            minutes=10,
            number="1",
            title="Mw. S. van der Sluijs",
            details=("02-05-1948", "urgentie: nu"),
            reasons=("stervensfase sinds 22-11",),
            question="Wat als zij niet meer kan slikken?",
            brings_in="dr. De Boer",
            pzp="ja, 19-11-2026",
            consent="ja",
        ),
        AgendaRow(
            start=time(12, 45),
            minutes=10,
            number="2",
            title="Mw. A. Jansen-de Vries",
            details=("14-03-1941", "urgentie: binnenkort"),
            reasons=("fase veranderd", "volhoudtijd echtgenoot korter"),
            question="Hoe ontlasten we de echtgenoot, en wat bij benauwdheid ’s nachts?",
            brings_in="F. Hoekstra",
            pzp="ja, 19-11-2026",
            consent="ja",
        ),
        AgendaRow(
            start=time(12, 55),
            minutes=5,
            number="3",
            title="Dhr. Y. Şahin",
            details=("11-07-1944", "urgentie: nog niet bepaald"),
            reasons=("markeren of niet?", "signaal 23-11"),
            brings_in="dr. De Boer",
            pzp="nog niet",
            consent="welzijn: nog niet gevraagd",
        ),
        AgendaRow(
            start=time(13, 0),
            minutes=10,
            number="4",
            title="Dhr. H. Veenstra",
            details=("19-12-1952", "urgentie: binnenkort"),
            reasons=("nieuw gemarkeerd 16-11",),
            question="Wie voert welk deel van het PZP-gesprek?",
            brings_in="M. Wiersma",
            pzp="gesprek 03-12-2026",
            consent="ja",
        ),
        AgendaRow(
            start=time(13, 10),
            minutes=5,
            number="5",
            title="Mw. T. Bosma",
            details=("23-09-1939", "urgentie: rustig"),
            reasons=("nog geen PZP-gesprek",),
            brings_in="M. Wiersma",
            pzp="nog niet",
            consent="ja",
        ),
        AgendaRow(
            start=time(13, 15),
            minutes=5,
            number="6",
            title="Dhr. P. de Groot",
            details=("05-06-1946", "urgentie: rustig"),
            reasons=("12 weken niet besproken",),
            brings_in="M. Wiersma",
            pzp="ja, 14-08-2026",
            consent="ja",
        ),
        AgendaRow(
            start=time(13, 20),
            minutes=5,
            number="7",
            title="Dhr. K. Dijkstra",
            details=("overleden 16-10-2026",),
            reasons=("evaluatie na overlijden",),
            question="Wat ging goed, wat kan beter? Nazorg mevrouw.",
            brings_in="dr. De Boer",
            pzp="gewenste plek bereikt",
            consent="n.v.t.",
        ),
        AgendaRow(
            start=time(13, 25),
            minutes=5,
            title="Vakantie wijkverpleging: wie neemt waar?",
            brings_in="F. Hoekstra",
        ),
    ),
    cases=(CASE, EVALUATION),
)

REPORT = CasePage(
    head=HEAD,
    blocks=CASE.blocks,
    minutes=Minutes(
        notes=(
            ("Lichamelijk", "Furosemide ’s middags erbij, eerst nierfunctie."),
            ("Sociaal", "Nachtzorg vanaf 30 november; dochter komt in het weekend."),
            (
                "Vooruitkijken",
                "Bij benauwdheid ’s nachts eerst morfine uit de palliakit, dan bellen.",
            ),
        ),
        agreements=("Echtgenoot krijgt een eigen gesprek bij sociaal werk.",),
        actions=(
            NewAction(who="F. Hoekstra", what="Nachtzorg regelen", when="30-11-2026"),
            NewAction(who="L. Oosting", what="Meneer Jansen bellen", when="deze week"),
        ),
        feedback="mevrouw en naaste",
        feedback_by="F. Hoekstra",
        feedback_before="03-12-2026",
        writing_room=False,
    ),
)
