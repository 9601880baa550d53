"""What a newcomer may fill in on the public page, and whether it can be right.

Plain Python, without Odoo. Only the fields named here are ever read from what was posted.
"""

import re
import unicodedata
from datetime import date

from stdnum.be import bis, nn, vat
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

# Every text field of the page with the number of characters that it takes.
TEXTS = {
    "kind": 10,
    "name": 120,
    "contact_name": 120,
    "email": 254,
    "phone": 40,
    "street": 160,
    "zip": 16,
    "city": 100,
    "country_code": 2,
    "birth_date": 10,
    "national_number": 20,
    "kbo_number": 20,
    "iban": 42,
    "category": 10,
    "share_class": 10,
    "quantity": 10,
    "antenna": 10,
    "message": 2000,
}
CONSENTS = ("statutes", "privacy", "newsletter")
REQUIRED_CONSENTS = ("statutes", "privacy")
REQUIRED = (
    "name",
    "email",
    "phone",
    "street",
    "zip",
    "city",
    "country_code",
    "category",
    "share_class",
    "quantity",
)
KINDS = ("person", "company")
EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
# Lengths of account numbers in the countries of SEPA (ISO 13616). `stdnum.iban` cannot be used
# within Odoo 19: its hook on imports hides the data files of that package.
IBAN_LENGTHS = {
    length: countries.split()
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI NL FO GL",
        19: "MK SI",
        20: "AT BA EE LT LU XK",
        21: "CH HR LI LV",
        22: "BG DE GB IE ME RS VA",
        24: "AD CZ ES MD RO SE SK",
        25: "PT",
        26: "IS",
        27: "FR GR IT MC SM",
        28: "AL CY HU PL",
        31: "MT",
    }.items()
}
# More than the oldest human ever, in years.
OLDEST = 125


def read(posted, sectors=()):
    """Return the texts that were typed, cut off at nothing: too long is an error, not a loss.

    What is not a field of the page is left out.

    >>> typed = read({"name": "  Ada ", "state": "accepted", "privacy": "on"}, ["4", "x"])
    >>> typed["name"], typed["privacy"], typed["newsletter"], typed["sectors"]
    ('Ada', True, False, [4])
    >>> "state" in typed
    False
    """
    typed = {name: _text(posted.get(name)) for name in TEXTS}
    typed |= {name: bool(posted.get(name)) for name in CONSENTS}
    typed["sectors"] = [int(value) for value in sectors if str(value).isdecimal()][:50]
    return typed


def check(typed, today, national_number_required=False):
    """Return ``(clean, errors)``: values in their own type, and ``{field: what is wrong}``.

    :param dict typed: what ``read`` returned
    :param date today: for dates of birth
    :param bool national_number_required: the co-operative asks it of every person

    >>> typed = read({"kind": "company", "kbo_number": "0477.472.701", "iban": "BE71 0961"})
    >>> clean, errors = check(typed, date(2026, 1, 1))
    >>> clean["kbo_number"], errors["iban"], errors["name"], errors["privacy"]
    ('0477472701', 'iban', 'required', 'consent')
    """
    clean, errors = dict(typed), {}
    for name, most in TEXTS.items():
        if len(typed[name]) > most:
            errors[name] = "long"
    required = list(REQUIRED)
    if typed["kind"] not in KINDS:
        errors["kind"] = "required"
    if typed["kind"] == "company":
        required += ["contact_name"] + ["kbo_number"] * (typed["country_code"] == "BE")
        clean |= {"birth_date": "", "national_number": ""}
    else:
        required += ["birth_date"] + ["national_number"] * national_number_required
        clean |= {"contact_name": "", "kbo_number": ""}
    for name in required:
        if not typed[name]:
            errors[name] = "required"
    for name in REQUIRED_CONSENTS:
        if not typed[name]:
            errors[name] = "consent"
    for name, reader in READERS.items():
        if clean[name] and name not in errors:
            try:
                clean[name] = reader(clean[name], today)
            except ValueError:
                errors[name] = name
    _check_birth(clean, errors)
    return clean, errors


def normalise(name):
    """Return a name as it is compared: without case, accents, signs and order of its words.

    >>> normalise("Élise Van-den Bossche") == normalise("VAN DEN BOSSCHE, elise")
    True
    """
    plain = unicodedata.normalize("NFKD", name or "").casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(sorted(re.findall(r"\w+", plain)))


def _text(value):
    # Neither a file nor a list is a text; what no screen shows is not stored either.
    text = value if isinstance(value, str) else ""
    return "".join(sign for sign in text if sign >= " " or sign in "\r\n").strip()


def _read_email(value, _today):
    if not EMAIL.fullmatch(value):
        raise ValueError
    return value.lower()


def _read_phone(value, _today):
    if not re.fullmatch(r"\+?[\d\s./()-]+", value) or not 6 <= len(re.findall(r"\d", value)) <= 15:
        raise ValueError
    return value


def _read_quantity(value, _today):
    if not value.isdecimal() or not 0 < int(value) <= 100_000:
        raise ValueError
    return int(value)


def _read_birth_date(value, today):
    """Read ``1985-07-30``, as a browser sends it, or ``30/07/1985``, as a person types it.

    >>> _read_birth_date("30/7/1985", date(2026, 1, 1))
    datetime.date(1985, 7, 30)
    """
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", value):
        day, month, year = match.groups()
        value = f"{year}-{month:0>2}-{day:0>2}"
    born = date.fromisoformat(value)
    if not today.year - OLDEST <= born.year or born >= today:
        raise ValueError
    return born


def _read_national_number(value, _today):
    """Return the eleven digits of a national number or, for who is not registered, a bis number.

    >>> _read_national_number("85.07.30-033.28", None)
    '85073003328'
    """
    value = re.sub(r"\D", "", value)
    return (bis if bis.is_valid(value) else nn).validate(value)


def _read_iban(value, _today):
    """Return an account number without spaces.

    >>> _read_iban("be71 0961 2345 6769", None)
    'BE71096123456769'
    """
    value = re.sub(r"[\s.-]", "", value).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", value):
        raise ValueError
    for length, countries in IBAN_LENGTHS.items():
        if value[:2] in countries and len(value) != length:
            raise ValueError
    mod_97_10.validate(value[4:] + value[:4])
    return value


READERS = {
    "email": _read_email,
    "phone": _read_phone,
    "quantity": _read_quantity,
    "birth_date": _read_birth_date,
    "national_number": _read_national_number,
    "kbo_number": lambda value, _today: vat.validate(value),
    "iban": _read_iban,
}


def _check_birth(clean, errors):
    """A national number begins with the day of birth, as far as that is known."""
    number, born = clean["national_number"], clean["birth_date"]
    if not number or not isinstance(born, date) or "national_number" in errors:
        return
    try:
        told = (bis if bis.is_valid(number) else nn).get_birth_date(number)
    except ValidationError:
        told = None
    if told and told != born:
        errors["national_number"] = "birth"
