from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.smart_membership.lib.selection_order import in_order

# How long a request rests when a member asks for it.
SNOOZE_DAYS = 14
PAGE = "/my/asks"


class CoopAsk(models.Model):
    """Something that the co-operative asks of a member: a survey, a reading, a helping hand.

    All requests go through `_ask`: they wait here, and leave in digests as far as the member's
    budget of the month allows (`coop_ask_digest.py`). Who answered hears no more of it.
    """

    _name = "coop.ask"
    _description = "Request to a Member"
    _order = "id desc"

    name = fields.Char("What", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    kind = fields.Selection(
        [
            ("survey", "Survey"),
            ("read", "Something to read"),
            ("help", "A helping hand"),
            ("other", "Other"),
        ],
        required=True,
        readonly=True,
        default="other",
        index=True,
    )
    res_model = fields.Char("Origin Model", readonly=True)
    res_id = fields.Many2oneReference("Origin", model_field="res_model", readonly=True)
    url = fields.Char(readonly=True, help="Where the member does it.")
    minutes = fields.Integer(
        "Takes (minutes)", readonly=True, help="How long it takes, as far as one can tell."
    )
    date_until = fields.Date("Until", readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("sent", "Sent"),
            ("answered", "Answered"),
            ("declined", "Declined"),
            ("expired", "Expired"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="waiting",
        index=True,
        group_expand=in_order("state"),
    )
    snooze_until = fields.Date(readonly=True)
    sent_on = fields.Datetime(readonly=True, index=True)
    reminded_on = fields.Datetime(readonly=True)
    answered_on = fields.Datetime(readonly=True)

    _once = models.UniqueIndex(
        "(partner_id, res_model, res_id) WHERE res_model IS NOT NULL",
        "Somebody is asked the same thing once.",
    )
    _open = models.Index("(company_id, partner_id) WHERE state IN ('waiting', 'sent')")

    @api.model
    def _ask(self, partners, subject, url, kind="other", origin=None, minutes=0, until=None):
        """Ask something of these people, in the language of each; who has no address is not asked.

        :param partners: ``res.partner``
        :param subject: what is asked, or a function of a language that returns it
        :param str url: the page on which it is done, or a function of the person
        :param origin: the record that asks; nobody is asked the same thing twice
        :param date until: when it is too late
        :return: the new requests, with superuser rights
        """
        company = (origin.company_id if origin and "company_id" in origin._fields else None) or (
            self.env.company
        )
        # Whoever asks needs no right on what others were asked.
        Ask = self.sudo()
        known = Ask.browse()
        if origin:
            known = Ask.search([("res_model", "=", origin._name), ("res_id", "=", origin.id)])
        people = partners.sudo().filtered("email_normalized") - known.partner_id
        return Ask.create(
            [
                {
                    "name": subject(person.lang) if callable(subject) else subject,
                    "partner_id": person.id,
                    "company_id": company.id,
                    "kind": kind,
                    "res_model": origin._name if origin else False,
                    "res_id": origin.id if origin else False,
                    "url": url(person) if callable(url) else url,
                    "minutes": minutes,
                    "date_until": until,
                }
                for person in people
            ]
        )

    @api.model
    def _answered(self, origin, partners):
        """Note that these people did what a record asked of them; their time is counted."""
        # Whoever answers need not know of the request.
        asks = self.sudo().search(
            [
                ("res_model", "=", origin._name),
                ("res_id", "=", origin.id),
                ("partner_id", "in", partners.ids),
                ("state", "in", ("waiting", "sent", "expired")),
            ]
        )
        asks.write({"state": "answered", "answered_on": fields.Datetime.now()})
        asks.filtered("minutes")._count_hours()
        return asks

    # ------------------------------------------------------------------
    # Steps of a member
    # ------------------------------------------------------------------

    @api.model
    def _get_own_domain(self, person):
        """Return what finds the open requests to somebody, those that rest too."""
        return Domain("partner_id", "=", person.id) & Domain("state", "in", ("waiting", "sent"))

    def _snooze(self):
        """Let a request rest for a while."""
        self._check_open()
        today = fields.Date.context_today(self)
        self.write({"snooze_until": fields.Date.add(today, days=SNOOZE_DAYS)})

    def _decline(self):
        """The member does not want to: nobody asks this again."""
        self._check_open()
        self.write({"state": "declined", "answered_on": fields.Datetime.now()})

    def _check_open(self):
        for ask in self:
            if ask.state not in ("waiting", "sent"):
                raise UserError(
                    self.env._(
                        "“%(request)s” is not open any more: reload the page.",
                        request=ask.name,
                    )
                )

    def _expire(self):
        """It is too late to answer."""
        self.filtered(lambda ask: ask.state in ("waiting", "sent")).write({"state": "expired"})

    def _count_hours(self):
        """Count the time that was given by answering."""
        self.env["coop.hours"].sudo().create(
            [
                {
                    "partner_id": ask.partner_id.id,
                    "company_id": ask.company_id.id,
                    "hours": round(ask.minutes / 60, 2) or 0.01,
                    "name": ask.name,
                    "ask_id": ask.id,
                }
                for ask in self
            ]
        )
