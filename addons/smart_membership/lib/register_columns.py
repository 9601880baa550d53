"""The tables of a historic register: their columns and words in English, Dutch and French.

Plain Python, without Odoo. The words are compared without case, accents, spaces and dashes.
"""

from dataclasses import dataclass, field

from .directory_text import key

# The header in English, Dutch and French, then other words that mean the same.
MOVEMENT_COLUMNS = {
    "number": ("Number", "Nummer", "Numéro", "No", "Nr", "N°"),
    "date": ("Date", "Datum", "Date"),
    "kind": ("Kind", "Soort", "Nature", "Type", "Verrichting", "Opération"),
    "share_class": ("Class", "Klasse", "Classe", "Share class", "Catégorie de parts"),
    "holder_from": ("From", "Van", "De", "Giver", "Overdrager", "Cédant"),
    "holder_to": ("To", "Aan", "À", "Receiver", "Verkrijger", "Cessionnaire", "Naar"),
    "quantity": ("Quantity", "Aantal", "Quantité", "Nombre", "Shares", "Aandelen", "Parts"),
    "unit_price": ("Unit price", "Prijs per stuk", "Prix unitaire", "Price", "Prijs", "Prix"),
    "paid_up": ("Paid up", "Volgestort", "Libéré", "Montant libéré", "Gestort"),
    "origin": ("Origin", "Herkomst", "Origine", "Remark", "Opmerking", "Remarque"),
}
MEMBER_COLUMNS = {
    "number": (
        "Member number",
        "Vennotennummer",
        "Numéro de sociétaire",
        "Lidnummer",
        "Number",
        "Nummer",
        "Numéro",
    ),
    "name": ("Name", "Naam", "Nom", "Naam en voornaam", "Nom et prénom"),
    "kbo": ("Company number", "Ondernemingsnummer", "Numéro d'entreprise", "KBO", "BCE"),
    "birth_date": ("Date of birth", "Geboortedatum", "Date de naissance"),
    "email": ("E-mail", "E-mail", "E-mail", "Mail", "Courriel", "E-mailadres", "Adresse e-mail"),
    "street": ("Street", "Straat", "Rue", "Address", "Adres", "Adresse", "Straat en nummer"),
    "zip": ("Zip", "Postcode", "Code postal", "Postnummer"),
    "city": ("City", "Gemeente", "Commune", "Stad", "Plaats", "Ville", "Localité"),
    "country": ("Country", "Land", "Pays"),
    "lang": ("Language", "Taal", "Langue"),
    "category": ("Category", "Categorie", "Catégorie"),
    "date_start": ("Member since", "Vennoot sinds", "Sociétaire depuis", "Date of joining"),
    "date_end": ("Member until", "Vennoot tot", "Sociétaire jusqu'au", "Date of leaving"),
    "exit_reason": ("Reason", "Reden", "Motif"),
}
REQUIRED = {
    "movement": (
        "number",
        "date",
        "kind",
        "share_class",
        "holder_to",
        "quantity",
        "unit_price",
    ),
    "member": ("name",),
}
COLUMNS = {"movement": MOVEMENT_COLUMNS, "member": MEMBER_COLUMNS}
# Few may see these, and the register does not need them.
NATIONAL_NUMBER = (
    "National number",
    "Rijksregisternummer",
    "Numéro national",
    "Numéro de registre national",
    "INSZ",
    "NISS",
)
KINDS = {
    "issue": ("Issue", "Uitgifte", "Émission", "Inschrijving", "Souscription", "Subscription"),
    "payment": ("Paying up", "Volstorting", "Libération", "Payment", "Storting", "Versement"),
    "transfer": ("Transfer", "Overdracht", "Cession", "Transfert"),
    "redemption": ("Redemption", "Terugneming", "Remboursement", "Uittreding", "Retrait", "Exit"),
    "conversion": ("Conversion", "Omzetting", "Conversion", "Conversie"),
    "reversal": ("Reversal", "Terugdraaiing", "Extourne", "Annulering", "Annulation"),
}
CATEGORIES = {
    "user": ("User", "Gebruiker", "Utilisateur", "Gebruiker-vennoot", "Sociétaire-utilisateur"),
    "staff": ("Staff", "Vaste medewerker", "Travailleur permanent", "Medewerker", "Permanent"),
    "partner": ("Partner", "Partner", "Partenaire"),
}
REASONS = {
    "resignation": ("Resignation", "Ontslag", "Démission", "Uittreding"),
    "exclusion": ("Exclusion", "Uitsluiting", "Exclusion"),
    "death": ("Death", "Overlijden", "Décès"),
    "lost_quality": (
        "Loss of the required quality",
        "Verlies van de vereiste hoedanigheid",
        "Perte de la qualité requise",
    ),
    "other": ("Other", "Andere", "Autre"),
}
LANGUAGES = {
    "nl": ("Dutch", "Nederlands", "Néerlandais", "nl"),
    "fr": ("French", "Frans", "Français", "fr"),
    "en": ("English", "Engels", "Anglais", "en"),
    "de": ("German", "Duits", "Allemand", "de"),
}
_LANGUAGE_ORDER = ("en", "nl", "fr")


def by_word(words):
    """Return ``{key of a word: what it means}``.

    >>> by_word(KINDS)[key("émission")], by_word(KINDS)[key("paying-up")]
    ('issue', 'payment')
    """
    found = {}
    for name, synonyms in words.items():
        for synonym in synonyms:
            found.setdefault(key(synonym), name)
    return found


def word(words, name, lang="en"):
    """Return the word for something in the language of a code like nl_BE, else in English.

    >>> word(KINDS, "transfer", "fr_BE"), word(KINDS, "transfer", "de_DE")
    ('Cession', 'Transfer')
    """
    short = (lang or "en").split("_")[0]
    place = _LANGUAGE_ORDER.index(short) if short in _LANGUAGE_ORDER else 0
    return words[name][place]


@dataclass
class Section:
    """A table of the register in a file: which column holds what, and its rows."""

    kind: str
    sheet: str
    header_row: int
    columns: dict
    rows: list
    unknown: list = field(default_factory=list)
    doubled: list = field(default_factory=list)
    national: list = field(default_factory=list)


def find_section(table, kind):
    """Return the ``Section`` of a table, or the names of the columns that it lacks.

    Titles above the table do not matter: the headers are where most of them are found.

    :param table: a ``table_read.Table``
    :param kind: movement or member

    >>> from .table_read import Table
    >>> table = Table("Blad1", [(1, ["Vennoten"]), (3, ["Naam", "Taal"]), (4, ["Ann", "nl"])])
    >>> find_section(table, "member").columns
    {'name': 0, 'lang': 1}
    >>> find_section(table, "movement")[:3]
    ['number', 'date', 'kind']
    """
    words = by_word(COLUMNS[kind])
    best, best_place = {}, None
    for place, (_number, row) in enumerate(table.rows[:20]):
        columns = {}
        for column, cell in enumerate(row):
            name = words.get(key(str(cell))) if isinstance(cell, str) else None
            if name:
                columns.setdefault(name, column)
        if len(columns) > len(best):
            best, best_place = columns, place
    missing = [name for name in REQUIRED[kind] if name not in best]
    # One known word alone is no header: it may be a text about the table.
    if missing or len(best) < 2:
        return missing or list(COLUMNS[kind])[:2]
    return _make_section(table, kind, words, best, best_place)


def _make_section(table, kind, words, columns, place):
    number, header = table.rows[place]
    section = Section(kind, table.name, number, columns, table.rows[place + 1 :])
    national = {key(synonym) for synonym in NATIONAL_NUMBER}
    for column, cell in enumerate(header):
        text = str(cell).strip() if cell is not None else ""
        name = words.get(key(text))
        if key(text) in national:
            section.national.append(text)
        elif name and columns[name] != column:
            section.doubled.append(text)
        elif text and not name:
            section.unknown.append(text)
    return section
