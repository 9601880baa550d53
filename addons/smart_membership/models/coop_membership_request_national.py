from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

NATIONAL_NUMBER = "smart_membership.group_national_number"


class CoopMembershipRequest(models.Model):
    """The national number: for few, never unseen, and not for ever."""

    _inherit = "coop.membership.request"

    # Nobody reads the column itself: what shows it also keeps who saw it.
    national_number_stored = fields.Char(
        readonly=True, copy=False, index="btree_not_null", groups=fields.NO_ACCESS
    )
    national_number = fields.Char(
        compute="_compute_national_number",
        groups=NATIONAL_NUMBER,
        help="Each reading is kept, with who read it and when.",
    )
    has_national_number = fields.Boolean(compute="_compute_has_national_number")
    national_number_access_ids = fields.One2many(
        "coop.national.number.access", "request_id", "Who Saw It", groups=NATIONAL_NUMBER
    )

    def _compute_national_number(self):
        requests = self.filtered("id")
        # The column and its log are closed to everybody; the field itself has its own group.
        for request in self:
            request.national_number = request.sudo().national_number_stored
        self.env["coop.national.number.access"].sudo().create(
            [
                {"request_id": request.id, "user_id": self.env.uid}
                for request in requests
                if request.national_number
            ]
        )

    def _compute_has_national_number(self):
        for request in self:
            # That there is one may be known; what it is, not.
            request.has_national_number = bool(request.sudo().national_number_stored)

    def action_forget_national_number(self):
        """Delete the national number: it is not needed any more."""
        self.check_access("write")
        # The column is closed to everybody; who may change the request may delete it.
        self.sudo().write({"national_number_stored": False})
        self.message_post(body=self.env._("The national number was deleted."))
        return True

    @api.model
    def _forget_national_numbers(self, company, now):
        """Delete the numbers of requests of a company that were decided on long enough ago."""
        if not company.coop_national_number_days:
            return
        past = now - timedelta(days=company.coop_national_number_days)
        self.search(
            Domain("company_id", "=", company.id)
            & Domain("decided_at", "<", past)
            & Domain("national_number_stored", "!=", False),
            limit=1000,
        ).write({"national_number_stored": False})
