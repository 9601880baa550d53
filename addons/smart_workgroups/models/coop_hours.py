from odoo import api, fields, models
from odoo.fields import Domain


class CoopHours(models.Model):
    """Time that a member gave to the co-operative: it is counted, and thanked for."""

    _name = "coop.hours"
    _description = "Hours Given by a Member"
    _order = "date desc, id desc"

    name = fields.Char("What For", required=True)
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    hours = fields.Float(required=True, digits=(6, 2))
    ask_id = fields.Many2one(
        "coop.ask", "Request", readonly=True, index="btree_not_null", ondelete="set null"
    )
    token = fields.Char(readonly=True, copy=False, groups="base.group_system")

    _hours = models.Constraint(
        "CHECK(hours > 0 AND hours <= 24)", "A day has at most 24 hours: fill in more than none."
    )
    _token_unique = models.UniqueIndex(
        "(partner_id, token) WHERE token IS NOT NULL", "A form counts once."
    )

    @api.model
    def _give(self, token, membership, values):
        """Count hours of the user, exactly once for each form.

        :param membership: of the user, whose row makes rivals wait
        """
        person = self.env.user.partner_id
        # The own membership and the own hours: members have no right on either.
        self.env["coop.reference.mixin"]._bump(membership.sudo())
        Hours = self.sudo()
        known = Hours.search([("partner_id", "=", person.id), ("token", "=", token)])
        return known or Hours.create(
            values
            | {
                "partner_id": person.id,
                "company_id": membership.company_id.id,
                "token": token,
            }
        )

    @api.model
    def _sum_year(self, company, day, person=None):
        """Return the hours of the year of a day: of somebody, or of all."""
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("date", ">=", day.replace(month=1, day=1))
            & Domain("date", "<=", day.replace(month=12, day=31))
        )
        if person:
            domain &= Domain("partner_id", "=", person.id)
        # A sum over all members, or the own.
        [[total]] = self.sudo()._read_group(domain, aggregates=["hours:sum"])
        return total or 0.0
