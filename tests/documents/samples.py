"""One realistic value for each paper; the people are fictional."""

from dataclasses import replace
from datetime import date, datetime, time

from pzdesk.documents.access_sheet import AccessLine, AccessPaper
from pzdesk.documents.agenda import (
    AgendaPaper,
    AgendaRow,
    CasePage,
    Minutes,
    NewAction,
)
from pzdesk.documents.file_copy import CopyPaper, CopyPart, CopyRow
from pzdesk.documents.home_sheet import Call, HomePaper
from pzdesk.documents.log_sheet import LogPaper
from pzdesk.documents.lost_sheet import LostPaper, LostPerson, LostUser
from pzdesk.documents.parts import (
    ActionLine,
    Actions,
    DimensionLine,
    Dimensions,
    PersonHead,
    Section,
)
from pzdesk.documents.patient_sheet import Carer, PatientPaper, Relative
from pzdesk.documents.pzp_form import PzpChange, PzpPaper, PzpRow, PzpSection
from pzdesk.documents.recovery_sheet import RecoveryPaper
from pzdesk.documents.style import Imprint
from pzdesk.domain.course import Reading
from pzdesk.domain.mdo import AgendaMinutes

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
    minutes=AgendaMinutes(opening=5, items=50, reserve=5, available=60),
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


def _row(
    number: str, label: str, answer: str, note: str = "", *, changed: bool = False, was: str = ""
) -> PzpRow:
    return PzpRow(number=number, label=label, answer=answer, note=note, changed=changed, was=was)


PZP = PzpPaper(
    imprint=replace(IMPRINT, confidentiality="Vertrouwelijk · medische gegevens"),
    name="Mevrouw A. (Anna) Jansen-de Vries",
    born="14-03-1941",
    version="3",
    standing="geldend",
    holds=True,
    patient=(
        ("adres", "Brinkweg 12, 9451 AB Rolde"),
        ("telefoon", "0592-12 34 57, 06-11 22 33 44"),
        ("huisarts", "dr. J. de Boer, Huisartsenpraktijk De Brink"),
    ),
    talk=(
        ("gesprek op", "19-11-2026"),
        ("gevoerd door", "dr. J. de Boer, huisarts"),
        ("in bijzijn van", "mevrouw zelf; dochter Marleen Jansen"),
        ("bron", "vastgelegd in pzdesk door M. Wiersma op 19-11-2026"),
    ),
    sections=(
        PzpSection(
            number="1",
            title="Zelf beslissen",
            rows=(
                _row("1", "Kan de patiënt nu zelf beslissen over behandeling?", "Ja"),
                _row("1a", "Wettelijk vertegenwoordiger", "Marleen Jansen"),
                _row("1b", "Bereikbaar op", "06-87 65 43 21, marleen@voorbeeld.nl"),
                _row("1c", "Relatie tot de patiënt", "Schriftelijk gemachtigde; dochter"),
                _row("1d", "Ook eerste contactpersoon?", "Ja"),
            ),
        ),
        PzpSection(
            number="2",
            title="Wie waren bij het gesprek",
            rows=(_row("2", "Aanwezig", "Patiënt; dochter; schriftelijk gemachtigde"),),
        ),
        PzpSection(
            number="3",
            title="Belangrijkste doel van de behandeling",
            rows=(
                _row(
                    "3",
                    "Doel",
                    "Palliatief met als doel symptoomverlichting, waarbij levensverlenging niet gewenst is",
                    changed=True,
                    was="Palliatief met als doel levensverlenging én symptoomverlichting",
                ),
            ),
        ),
        PzpSection(
            number="4",
            title="Behandelgrenzen",
            limits=True,
            rows=(
                _row("4a", "Reanimatie", "Niet uitvoeren"),
                _row("4b", "Kunstmatige beademing", "Niet uitvoeren"),
                _row("4c", "Opname op de intensive care", "Niet uitvoeren"),
                _row(
                    "4d",
                    "Opname in het ziekenhuis",
                    "Ja, maar: alleen bij een breuk",
                    "Mevrouw wil na de laatste opname niet meer voor benauwdheid naar het ziekenhuis.",
                    changed=True,
                    was="Wel uitvoeren",
                ),
                _row("4e", "Behandeling met antibiotica", "Wel uitvoeren"),
                _row("4f", "Toediening van een bloedproduct", "Nog onbekend"),
                _row("4g", "Andere behandelgrenzen", "Geen sondevoeding"),
                _row("4h", "ICD", "Ja, in de linkerborst", "Merk bekend bij de cardioloog."),
                _row(
                    "4i",
                    "Afspraak over uitzetten van de ICD",
                    "Uitzetten in de stervensfase",
                    "Cardioloog en huisarts weten ervan.",
                ),
            ),
        ),
        PzpSection(
            number="5",
            title="Wensen",
            rows=(
                _row(
                    "5a",
                    "Wat zorgverleners moeten weten over wensen en verwachtingen",
                    "Mevrouw wil thuis blijven zolang het voor haar man vol te houden is. Zij wil weten waar "
                    "zij aan toe is en wil alles samen met haar dochter bespreken.",
                ),
                _row(
                    "5b", "Gewenste plek van overlijden", "Thuis", "Anders hospice Het Dorpshuis."
                ),
                _row("5c", "Standpunt over euthanasie", "Zou dit nooit willen"),
                _row("5d", "Keuze in het donorregister", "Ja, toestemming"),
            ),
        ),
        PzpSection(
            number="6",
            title="Wat verder belangrijk is",
            rows=(_row("6", "Verder", "De 60-jarige trouwdag op 12 december thuis vieren."),),
        ),
        PzpSection(
            number="7",
            title="Wat eerder is vastgelegd",
            rows=(
                _row(
                    "7a",
                    "Eerder iets vastgelegd?",
                    "Ja",
                    "Behandelverbod van 2021 ligt in het HIS.",
                ),
                _row("7b", "Wijkt dat af van dit formulier?", "Nee"),
            ),
        ),
        PzpSection(
            number="8",
            title="Informatie delen",
            rows=(
                _row("8a", "Verteld dat de patiënt dit zelf met naasten bespreekt", "Ja"),
                _row("8b", "Akkoord met delen met andere hulpverleners", "Ja"),
            ),
        ),
    ),
    changes_since="versie 2 van 12-08-2026",
    changes=(
        PzpChange(
            question="3 Doel",
            old="levensverlenging én symptoomverlichting",
            new="symptoomverlichting, levensverlenging niet gewenst",
        ),
        PzpChange(
            question="4d Opname in het ziekenhuis", old="wel", new="ja, maar alleen bij een breuk"
        ),
    ),
)

PATIENT = PatientPaper(
    imprint=replace(IMPRINT, confidentiality="Vertrouwelijk · alleen voor behandelaars"),
    head=replace(HEAD, number="", at=""),
    identity=(
        ("adres", "Brinkweg 12, 9451 AB Rolde"),
        ("telefoon", "0592-12 34 57 (vast), 06-11 22 33 44 (mobiel)"),
        ("taal", "Nederlands"),
    ),
    state=(
        ("fase", "symptoomgericht, sinds 12-11-2026 (dr. De Boer)"),
        ("urgentie", "binnenkort, sinds 12-11-2026 (dr. De Boer)"),
        ("complexiteit", "complex, sinds 20-10-2026 (kernteam)"),
        ("verblijft", "thuis, sinds 03-11-2026"),
    ),
    carers=(
        Carer(
            name="F. Hoekstra",
            part="wijkverpleging, centrale zorgverlener",
            day="06-12 34 56 78",
            night="0592-99 88 77",
            checked="02-11-2026",
        ),
        Carer(
            name="dr. J. de Boer",
            part="huisarts, hoofdbehandelaar",
            day="0592-12 34 56",
            night="0900-112 0 112 (HAP)",
            checked="02-11-2026",
        ),
        Carer(name="J. Mulder", part="apotheker", day="0592-31 22 10", checked="nog niet"),
    ),
    relatives=(
        Relative(
            name="Marleen Jansen",
            relation="dochter",
            roles="eerste contact, schriftelijk gemachtigde",
            phones="06-87 65 43 21",
            may_know="alles",
        ),
        Relative(
            name="Wim Jansen",
            relation="echtgenoot",
            roles="mantelzorger",
            phones="0592-12 34 57",
            may_know="alles",
        ),
    ),
    marking=(
        ("gemarkeerd", "16-06-2026 door dr. De Boer, besproken met mevrouw op 23-06-2026"),
        ("ingelicht", "apotheek 24-06-2026, HAP 24-06-2026, wijkverpleging 25-06-2026"),
        ("symptoomgericht", "apotheek 13-11-2026; HAP nog niet"),
    ),
    dimensions=DIMENSIONS,
    reviews=(
        (
            "meedenkmoment PZVP",
            "gehouden 02-07-2026 door R. Smit: misselijkheid eerst met haloperidol",
        ),
        ("medicatiereview", "vóór 10-12-2026"),
    ),
    scenarios=(
        ("toename benauwdheid", "Morfine uit de palliakit, raam open, dan F. Hoekstra bellen."),
        ("val met een breuk", "Huisarts of HAP bellen; ziekenhuis mag hiervoor."),
    ),
    actions=OPEN_ACTIONS,
    agreed_on="20 oktober 2026",
    agreements=("Nachtzorg vanaf eind november; dochter komt in het weekend.",),
)

HOME = HomePaper(
    imprint=replace(IMPRINT, confidentiality="Vertrouwelijk · van mevrouw Jansen zelf"),
    name="Mevrouw Jansen-de Vries",
    born="14 maart 1941",
    version="4",
    made="24 november 2026",
    made_by="dr. De Boer",
    day=Call(
        who="Fenna Hoekstra", number="06-12 34 56 78", note="wijkverpleegkundige, 8 tot 17 uur"
    ),
    night=Call(who="Huisartsenpost", number="0592-99 88 77", note="zeg dat er een zorgplan ligt"),
    others=(
        Call(who="Huisarts De Boer", number="0592-12 34 56", note="spoed: kies 1"),
        Call(who="Marleen, dochter", number="06-87 65 43 21", note="dag en nacht"),
    ),
    wishes=(
        "Ik blijf graag thuis, zolang Wim het volhoudt.",
        "Ik wil weten waar ik aan toe ben. Bespreek alles ook met Marleen.",
        "Op 12 december vieren we onze 60-jarige trouwdag.",
    ),
    limits=(
        "Niet reanimeren.",
        "Niet beademen en niet naar de intensive care.",
        "Wel naar het ziekenhuis, alleen bij een breuk.",
        "Wel antibiotica.",
        "Over bloed geven is nog niet gesproken.",
    ),
    scenarios=(
        (
            "u benauwd wordt",
            "Ga rechtop zitten en zet het raam open. Neem het spuitje morfine uit de blauwe doos. "
            "Bel daarna Fenna, of ’s nachts de huisartsenpost.",
        ),
        ("u valt en erge pijn hebt", "Blijf liggen en bel de huisarts of de huisartsenpost."),
        ("u zich ’s nachts geen raad weet", "Bel gerust. Bellen mag altijd."),
    ),
    replaces="het blad van 12 augustus 2026",
)

RECOVERY = RecoveryPaper(
    imprint=replace(IMPRINT, confidentiality="Vertrouwelijk · alleen in de kluis"),
    made_on=date(2026, 11, 24),
    made_by="M. Wiersma",
    groups=("7K2MX", "Q9RT4", "0VHW8", "C3J6Z", "5NPDY", "1GASB", "E8TX2", "9WQM7"),
)


LOST = LostPaper(
    imprint=IMPRINT,
    as_of="dinsdag 24 november 2026",
    about=("Een computer met de map van deze praktijk is kwijt.", "Alles is versleuteld."),
    facts=(("Patiënten", "2"), ("Gebruikers", "1"), ("Laatste back-up van toen", "23-11-2026")),
    steps=("Schrijf op waar en wanneer.", "Vernieuw de sleutel van de praktijk."),
    users=(
        LostUser(
            name="M. Wiersma (poh)",
            roles="POH, coördinator",
            since="26-11-2024",
            quick="staat nu aan",
        ),
    ),
    people=(
        LostPerson(number="1", name="mevrouw A.M. Jansen-de Vries", born="14-03-1941"),
        LostPerson(number="2", name="de heer H. Bosma", born="23-09-1939"),
    ),
    remarks=("Van 1 van de mensen hieronder is niet zeker of zij er die dag al in stonden.",),
)

ACCESS = AccessPaper(
    imprint=IMPRINT,
    name="mevrouw A.M. Jansen-de Vries",
    born="14-03-1941",
    period="04-03-2025 tot en met 24-11-2026",
    lines=(
        AccessLine(
            day="24-11-2026",
            times="14.05",
            who="M. Wiersma",
            role="POH, coördinator",
            what="heeft een papier afgedrukt of opgeslagen",
        ),
        AccessLine(
            day="24-11-2026",
            times="09.12 tot 13.58 (4 keer)",
            who="dr. De Boer",
            role="huisarts",
            what="heeft een dossier bekeken",
        ),
    ),
)

COPY = CopyPaper(
    imprint=IMPRINT,
    name="Mevrouw A.M. (Anna) Jansen-de Vries",
    born="14-03-1941",
    intro=("In dit afschrift staat alles wat de praktijk in pzdesk over u heeft vastgelegd.",),
    left_out=(("Wat een naaste in vertrouwen vertelde", "dat is van die naaste"),),
    source="Het afschrift laat weg wat van een ander is (BW 7:456; AVG artikel 15 lid 4).",
    parts=(
        CopyPart(
            title="Fase, urgentie, verblijf",
            many="2 regels",
            rows=(
                CopyRow(
                    head="12-11-2026 · fase · terminaal",
                    lines=(("Volgens", "dr. De Boer"), ("Toelichting", "slaapt veel, eet weinig")),
                    recorded="Vastgelegd op 12-11-2026 16.20 uur door dr. De Boer",
                ),
                CopyRow(head="", lines=(("Naam", "De Vries"),)),
            ),
        ),
        CopyPart(
            title="Wie dit dossier heeft gezien of gewijzigd",
            many="1 regel",
            rows=(
                CopyRow(
                    head="24-11-2026 · 14.05 · dr. De Boer · huisarts · heeft een dossier bekeken"
                ),
            ),
        ),
    ),
)

LOG = LogPaper(
    imprint=IMPRINT,
    asked="Regels van M. Wiersma, alleen noodtoegang",
    lines=(
        (
            "24-11-2026 14.05",
            "M. Wiersma",
            "POH, coördinator, namens dr. De Boer",
            "heeft een papier afgedrukt of opgeslagen: blad voor thuis",
            "Mw. A.M. Jansen-de Vries, 14-03-1941",
        ),
        ("24-11-2026 09.12", "dr. De Boer", "huisarts", "heeft de praktijk geopend", "niemand"),
    ),
)
