"""What the members of the demonstration show of themselves, and the networks of their sectors.

Aurélie Dumoulin, who logs in as `membre`, has opened nothing yet: she is there to begin.
"""

from datetime import datetime, time, timedelta

from odoo import Command, fields

from ..models.coop_directory_entry import OPENABLE

ADDON = "smart_membership"
ALL = " ".join(OPENABLE)
WORK = "town sectors skills presentation"

# (name, skills, presentation, what is opened)
ENTRIES = [
    (
        "Lotte Verbruggen",
        "Illustration, Layout, Letterpress, Children's books",
        "Ik teken voor kinderboeken, musea en affiches, en zet ze zelf op. "
        "Mijn atelier in Gent heeft een kleine drukpers die je mag komen gebruiken.",
        ALL,
    ),
    (
        "Joris Claeskens",
        "Web development, Python, Accessibility",
        "Sites die ook werken zonder muis. Ik denk graag mee met ontwerpers.",
        f"{WORK} website email",
    ),
    (
        "Mireille Hanquet",
        "Interpreting, French, Dutch, German",
        "Interprète de conférence, en cabine ou en ligne. Je cherche des collègues pour les "
        "missions de deux jours.",
        f"{WORK} phone",
    ),
    (
        "Pieter-Jan Lauwers",
        "Furniture, Workshop design, Oak",
        "Tafels en kasten op maat, meestal uit hout van stadsbomen.",
        WORK,
    ),
    (
        "Yasmina El Idrissi",
        "Documentary, Editing, Arabic",
        "Films sur le travail et la ville. Je monte aussi les images des autres.",
        f"{WORK} email antenna",
    ),
    ("Bert Vandecasteele", "Stage lighting, Rigging", "", f"{WORK} phone"),
    ("Olivier Lambrecq", "Garden design, Native plants", "Jardins qui demandent peu d'eau.", WORK),
    (
        "Sofie Mertensen",
        "Coaching, Group facilitation, Consent decisions",
        "Ik begeleid teams die samen willen beslissen.",
        f"{WORK} email antenna",
    ),
    ("Thibault Marchandise", "Video editing, Colour grading", "", "skills town"),
    (
        "Hannah Whitcombe",
        "Copywriting, English, Proofreading",
        "Plain English for brochures, sites and annual reports.",
        f"{WORK} email website",
    ),
    ("Fatima Ouazzani", "Catering, Vegetarian cuisine", "Warme keuken voor 10 tot 120.", WORK),
    ("Lien De Braekeleer", "Textile, Natural dyes", "", "skills sectors"),
    ("Sébastien Colinet", "Double bass, Jazz, Arranging", "", f"{WORK} phone"),
    ("Eva Roelandts", "Python, Statistics, Data visualisation", "Cijfers die je begrijpt.", WORK),
    ("Dries Van Houtven", "Sound design, Field recording", "", "skills town email"),
    ("Chloé Vandenbosch", "Social media, Photography", "", "skills sectors"),
    ("Adewale Okonjo", "Linux, Networks, Python", "", "skills email"),
    ("Katrien Smolders", "Editing, Dutch, Proofreading", "Eindredactie van boeken.", WORK),
    # Typed, but kept for oneself for now.
    ("Marie-Paule Grégoire", "Ceramics", "Grès et porcelaine.", ""),
]
WEBSITES = {
    "Lotte Verbruggen": "https://lotte.example.com",
    "Joris Claeskens": "https://joris.example.com",
    "Hannah Whitcombe": "https://hannah.example.com",
}

# sector: (animator, mailbox, subscribers)
NETWORKS = {
    "visual": (
        "Lotte Verbruggen",
        "netwerk-beeld",
        ["Lotte Verbruggen", "Lien De Braekeleer", "Chloé Vandenbosch"],
    ),
    "music": (
        "Sébastien Colinet",
        "reseau-musique",
        ["Sébastien Colinet", "Dries Van Houtven", "Aurélie Dumoulin"],
    ),
    "it": (
        "Joris Claeskens",
        "netwerk-it",
        ["Joris Claeskens", "Eva Roelandts", "Adewale Okonjo"],
    ),
    "language": ("Mireille Hanquet", "reseau-langues", ["Mireille Hanquet", "Katrien Smolders"]),
}

# (name, sectors, days from now, first and last hour, antenna, shown to the members)
EVENTS = [
    ("Atelierbezoek: de drukpers van Lotte", "visual", 12, 14, 17, "gent", True),
    ("Sessie: geluid voor theater en film", "music stage", 19, 10, 16, "antwerp", True),
    ("Petit-déjeuner des musiciens", "music", 26, 9, 11, "liege", True),
    ("Open source lunch", "it", 8, 12, 14, "brussels", True),
    ("Traduire avec une machine: oui, mais", "language", 33, 13, 17, "brussels", True),
    ("Netwerkdag beeld en woord", "visual language", 75, 9, 18, "brussels", False),
    ("Kennismaking met de illustratoren", "visual", -40, 18, 20, "gent", True),
]


def tell(env):
    """Open entries, start networks and plan their events."""
    memberships = {
        membership.partner_id.name: membership
        for membership in env["coop.membership"].search([("state", "=", "member")])
    }
    _open_entries(env, memberships)
    _start_networks(env, memberships)
    _plan_events(env)


def _open_entries(env, memberships):
    for name, skills, presentation, opened in ENTRIES:
        membership = memberships.get(name)
        if not membership:
            continue
        form = {f"show_{field}": field in opened.split() for field in OPENABLE}
        form.update(
            listed=bool(opened),
            skills=skills,
            presentation=presentation,
            website=WEBSITES.get(name, ""),
        )
        env["coop.directory.form"]._save(membership, form)


def _start_networks(env, memberships):
    for sector_name, (animator, mailbox, subscribers) in NETWORKS.items():
        sector = env.ref(f"{ADDON}.sector_{sector_name}")
        sector.animator_id = memberships.get(animator)
        sector.action_create_mailing_list()
        sector.mail_group_id.alias_name = mailbox
        for name in subscribers:
            if name in memberships:
                sector._subscribe(memberships[name])


def _plan_events(env):
    """Plan meetings; they mail nobody."""
    today = fields.Date.context_today(env.user)
    announced = env.ref("event.event_stage_announced")
    for name, sectors, days, first_hour, last_hour, antenna, shown in EVENTS:
        day = today + timedelta(days=days)
        # In winter the clock in Brussels is one hour ahead of the stored one.
        begin, end = (datetime.combine(day, time(hour - 1)) for hour in (first_hour, last_hour))
        env["event.event"].create(
            {
                "name": name,
                "sector_ids": [env.ref(f"{ADDON}.sector_{key}").id for key in sectors.split()],
                "shown_to_members": shown,
                "date_begin": begin,
                "date_end": end,
                "date_tz": "Europe/Brussels",
                "stage_id": announced.id,
                "address_id": env.ref(f"{ADDON}.antenna_{antenna}").partner_id.id,
                "event_mail_ids": [Command.clear()],
            }
        )
