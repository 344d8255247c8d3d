"""What the rows of each table are called, for who is told how many there are of each."""

WORDS: dict[str, tuple[str, str]] = {
    "patient": ("persoon", "personen"),
    "status": (
        "regel over fase, urgentie of verblijf",
        "regels over fase, urgentie of verblijf",
    ),
    "naaste": ("naaste", "naasten"),
    "team_member": ("zorgverlener in het team", "zorgverleners in het team"),
    "markering": ("stap van de markering", "stappen van de markering"),
    "told": ("keer dat iemand is ingelicht", "keren dat iemand is ingelicht"),
    "pzp_version": ("PZP-versie", "PZP-versies"),
    "pzp_confirmation": ("bevestiging van een PZP", "bevestigingen van een PZP"),
    "pzp_withdrawal": ("teruggenomen PZP", "teruggenomen PZP's"),
    "assessment": ("beoordeling van de vier dimensies", "beoordelingen van de vier dimensies"),
    "screening": ("screening van een mantelzorger", "screeningen van een mantelzorger"),
    "follow_up": ("vervolg voor een mantelzorger", "vervolgen voor een mantelzorger"),
    "review": ("reviewmoment", "reviewmomenten"),
    "acute_plan": ("noodplan", "noodplannen"),
    "agenda_item": ("agendapunt met notities", "agendapunten met notities"),
    "consent": ("toestemming", "toestemmingen"),
    "action": ("actie", "acties"),
    "advice": ("voorstel uit een overleg", "voorstellen uit een overleg"),
    "handout": ("aantekening van een afdruk", "aantekeningen van afdrukken"),
    "euthanasia_request": (
        "stap van een verzoek om euthanasie",
        "stappen van een verzoek om euthanasie",
    ),
    "statement": ("verklaring van de patiënt", "verklaringen van de patiënt"),
    "statement_withdrawal": (
        "ingetrokken verklaring van de patiënt",
        "ingetrokken verklaringen van de patiënt",
    ),
    "emergency_access": ("noodtoegang", "keren noodtoegang"),
    "meeting": ("overleg", "overleggen"),
    "user": ("gebruiker", "gebruikers"),
    "organisation": ("organisatie", "organisaties"),
    "professional": ("zorgverlener van de regio", "zorgverleners van de regio"),
    "former": ("eerder gegeven", "eerdere gegevens"),
    "destruction": ("vernietiging", "vernietigingen"),
}


def rows_in_words(table: str, count: int) -> str:
    """How many there are: "3 PZP-versies"."""
    one, more = WORDS[table]
    return f"{count} {one if count == 1 else more}"
