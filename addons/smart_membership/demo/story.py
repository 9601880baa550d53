"""How the demonstration cooperative came to its members, told anew at each installation.

Everything is relative to the day of installation and otherwise always the same.
"""

import base64
import random
import unicodedata
from datetime import timedelta

from odoo import fields
from odoo.tools import file_open

from . import directory, exits, names, people, privacy, requests, services, shares, transfers

ADDON = "smart_membership"
# Silent: nobody is to be mailed, and the history would only show the hour of installation.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_activity_quick_update": True,
}


def tell(env):
    """Create the members of the demonstration; do nothing when they are there already."""
    if env.ref(f"{ADDON}.membership_demo_member", raise_if_not_found=False):
        return
    env = env(context=dict(env.context, **QUIET))
    _name_company(env)
    names.translate(env, [language(env, code) for code in ("nl", "fr")])
    teller = _Teller(env)
    teller.meet_everybody()
    teller.activate_in_order_of_date()
    _appoint_contact_persons(env)
    _plan_activities(env)
    directory.tell(env)
    privacy.tell(env)
    shares.tell(env)
    services.tell(env)
    transfers.tell(env)
    exits.tell(env)
    # Newcomers ask for shares: they come when there are share classes.
    requests.ask(env)
    # What the story wrote to its people stays on their pages; nothing leaves by e-mail.
    env["mail.mail"].search([("state", "=", "outgoing")]).unlink()


def language(env, code):
    """Return the active language that serves `code` best, Belgian first, else English.

    :param str code: nl, fr, de or en
    """
    active = dict(env["res.lang"].get_installed())
    fitting = sorted(lang for lang in active if lang.split("_")[0] == code)
    belgian = f"{code}_BE"
    if belgian in active:
        return belgian
    return fitting[0] if fitting else "en_US"


def in_languages(record, field, dutch, french):
    """Write the Dutch and the French of a text, as far as these languages are active."""
    texts = {language(record.env, "nl"): dutch, language(record.env, "fr"): french}
    texts.pop("en_US", None)
    record.update_field_translations(field, texts)


def in_ascii(name):
    """Return a name as the first part of an e-mail address has it."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


def _name_company(env):
    with file_open(f"{ADDON}/demo/logo.png", "rb") as file:
        logo = base64.b64encode(file.read())
    env.ref("base.main_company").write(
        {
            "name": "Werkbank Établi cv",
            "street": "Spinnerijkaai 21",
            "zip": "1070",
            "city": "Brussel",
            "country_id": env.ref("base.be").id,
            "email": "info@werkbank-etabli.example",
            "phone": "+32 2 555 01 00",
            "logo": logo,
        }
    )


class _Teller:
    """Collects the candidates and then activates them as if the years had gone by."""

    def __init__(self, env):
        self.env = env
        self.random = random.Random(2019)
        self.today = fields.Date.context_today(env.user)
        self.company = env.ref("base.main_company")
        self.values = []  # values of the memberships to be
        self.xml_ids = []  # of the same membership, or None
        self.ends = {}  # contact id -> (day, reason)

    # ------------------------------------------------------------------
    # Who they are
    # ------------------------------------------------------------------

    def meet_everybody(self):
        """Prepare the memberships of all people and organisations."""
        for login, (lang, antenna, years) in people.STAFF_USERS.items():
            partner = self._known_contact(login, lang)
            self._add(partner, "staff", antenna, years=years, xml_id=f"membership_demo_{login}")
        for *contact, antenna, work, years in people.STAFF:
            partner = self._new_contact(*contact, function=work)
            self._add(partner, "staff", antenna, years=years)
        for login, (lang, antenna, sectors, profile, years) in people.PORTAL_USERS.items():
            partner = self._known_contact(login, lang)
            xml_id = f"membership_demo_{login}"
            self._add(partner, "user", antenna, sectors, profile, years, xml_id)
        for *contact, antenna, work, sectors, profile, years in people.USERS:
            partner = self._new_contact(*contact, function=work)
            self._add(partner, "user", antenna, sectors, profile, years)
        for *contact, antenna, work, sectors, profile, years, left, reason in people.FORMER:
            partner = self._new_contact(*contact, function=work)
            self._add(partner, "user", antenna, sectors, profile, years)
            self.ends[partner.id] = (self._day(left), reason)
        for *contact, antenna, years in people.PARTNERS:
            partner = self._new_contact(*contact, is_company=True)
            self._add(partner, "partner", antenna, years=years)
        for *contact, antenna, work, sectors, profile in people.CANDIDATES:
            partner = self._new_contact(*contact, function=work)
            self._add(partner, "user", antenna, sectors, profile)

    def _known_contact(self, login, lang):
        partner = self.env.ref(f"{ADDON}.partner_demo_{login}")
        partner.lang = language(self.env, lang)
        return partner

    def _new_contact(self, name, lang, zip_code, town, **values):
        return self.env["res.partner"].create(
            {
                "name": name,
                "lang": language(self.env, lang),
                "street": self._street(lang),
                "zip": zip_code,
                "city": town,
                "country_id": self.env.ref("base.be").id,
                "email": f"{in_ascii(name).replace(' ', '.')}@example.com",
                "phone": f"+32 470 55 {self.random.randint(10, 99)} {self.random.randint(10, 99)}",
                **values,
            }
        )

    def _street(self, lang):
        """Return an address in a street that no town has."""
        number = self.random.randint(1, 140)
        if lang in ("nl", "en"):
            name = self.random.choice(("Zwaluw", "Merel", "Vlinder", "Wilgen", "Brem", "Kwartel"))
            return f"{name}{self.random.choice(('pad', 'dreef', 'hof'))} {number}"
        if lang == "de":
            return f"{self.random.choice(('Amselpfad', 'Birkengasse'))} {number}"
        name = self.random.choice(
            ("Lucioles", "Mésanges", "Noisetiers", "Coquelicots", "Libellules")
        )
        return f"{self.random.choice(('Sentier', 'Clos', 'Venelle'))} des {name} {number}"

    # ------------------------------------------------------------------
    # What they are to the cooperative
    # ------------------------------------------------------------------

    def _add(self, partner, category, antenna, sectors="", profile=False, years=None, xml_id=None):
        self.values.append(
            {
                "partner_id": partner.id,
                "company_id": self.company.id,
                "category_id": self.env.ref(f"{ADDON}.category_{category}").id,
                "antenna_id": self.env.ref(f"{ADDON}.antenna_{antenna}").id,
                "sector_ids": [
                    self.env.ref(f"{ADDON}.sector_{name}").id for name in sectors.split()
                ],
                "profile": profile,
                "date_start": years and self._day(years),
            }
        )
        self.xml_ids.append(xml_id)

    def _day(self, years):
        """Return the weekday that lies about so many years back."""
        day = self.today - timedelta(days=round(years * 365.25) + self.random.randint(0, 20))
        return day - timedelta(days=max(0, day.weekday() - 4))

    def activate_in_order_of_date(self):
        """Create the memberships so that the numbers follow the dates; end those that ended."""
        order = sorted(
            range(len(self.values)),
            key=lambda index: self.values[index]["date_start"] or self.today,
        )
        memberships = self.env["coop.membership"].create([self.values[index] for index in order])
        self.env["ir.model.data"]._update_xmlids(
            [
                {"xml_id": f"{ADDON}.{self.xml_ids[index]}", "record": record, "noupdate": True}
                for index, record in zip(order, memberships, strict=True)
                if self.xml_ids[index]
            ]
        )
        memberships.filtered("date_start")._activate()
        for membership in memberships:
            if end := self.ends.get(membership.partner_id.id):
                membership._end(*end)


def _appoint_contact_persons(env):
    """Make the staff of each antenna its contact persons; one adviser serves two antennas."""
    staff = env["coop.membership"].search([("category_id.code", "=", "staff")], order="number")
    secretary = env.ref(f"{ADDON}.partner_demo_secretary")
    for antenna in env["coop.antenna"].search([]):
        advisers = staff.filtered(lambda member, antenna=antenna: member.antenna_id == antenna)
        antenna.contact_ids = advisers.partner_id - secretary
    namur, charleroi = env.ref(f"{ADDON}.antenna_namur"), env.ref(f"{ADDON}.antenna_charleroi")
    charleroi.contact_ids = namur.contact_ids


def _plan_activities(env):
    """Give the member services something to do with the candidates, late and in time."""
    candidates = env["coop.membership"].search([("state", "=", "candidate")], order="id")
    users = [env.ref(f"{ADDON}.user_demo_staff"), env.ref(f"{ADDON}.user_demo_secretary")]
    today = fields.Date.context_today(env.user)
    for index, candidate in enumerate(candidates):
        candidate.activity_schedule(
            "mail.mail_activity_data_call" if index % 2 else "mail.mail_activity_data_meeting",
            date_deadline=today + timedelta(days=3 * index - 2),
            summary="First talk" if index % 2 else "Information session",
            user_id=users[index % 2].id,
        )
