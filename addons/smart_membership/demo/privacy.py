"""What members of the demonstration agreed to, and for which events they registered."""

from datetime import timedelta

from odoo import fields

ADDON = "smart_membership"
# Members with a login, and days ago that they took the newsletter back; None: they still want it.
CONSENTS = {"member": 90, "member_fr": None}
# Of each event, how many seats there are, and every how many members come; 0: no limit.
SEATS = ((12, 9), (0, 14), (8, 11))


def tell(env):
    """Let members agree to the texts in force, and register for what is planned."""
    _agree(env)
    _register(env)


def _agree(env):
    now = fields.Datetime.now()
    Consent = env["coop.consent"]
    for login, days in CONSENTS.items():
        membership = env.ref(f"{ADDON}.membership_demo_{login}")
        for text in env["coop.consent.text"]._current(membership.company_id):
            consent = Consent.with_context(lang=membership.partner_id.lang)._give(text, membership)
            consent.date = max(
                now - timedelta(days=400), fields.Datetime.to_datetime(membership.date_start)
            )
            if days and text.code == "newsletter":
                consent.withdrawn_at = now - timedelta(days=days)


def _register(env):
    events = env["event.event"].search(
        [("sector_ids", "!=", False), ("shown_to_members", "=", True)], order="date_begin, id"
    )
    upcoming = events.filtered(lambda event: event.event_registrations_open)
    members = env["coop.membership"].search(
        [("state", "=", "member"), ("category_id.code", "=", "user")], order="number"
    )
    for event, (seats, step) in zip(upcoming, SEATS, strict=False):
        event.write({"seats_limited": bool(seats), "seats_max": seats})
        for membership in members[::step][: seats or len(members)]:
            event._register_member(membership)
