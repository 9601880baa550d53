from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class CoopMembership(models.Model):
    """The way of a membership: from candidate over member to former member."""

    _inherit = "coop.membership"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_activate(self):
        """Make candidates members: each gets the next number of its company.

        :raise AccessError: for who may not change these memberships
        :raise UserError: when one of them is not a candidate
        """
        self.check_access("write")
        self._activate()
        return True

    def action_end(self):
        """Open the dialogue that asks for the day and the reason, and then ends memberships."""
        self.check_access("write")
        self._check_state("member")
        return {
            "name": self.env._("End Membership"),
            "type": "ir.actions.act_window",
            "res_model": "coop.membership.end",
            "view_mode": "form",
            "target": "new",
            "context": {"default_membership_ids": self.ids},
        }

    def _activate(self):
        """Give start date and number, company by company and in the order of creation."""
        self._check_state("candidate")
        today = fields.Date.context_today(self)
        for membership in self:
            if membership.date_start and membership.date_start > today:
                raise UserError(
                    self.env._(
                        "%(name)s would be a member from %(date)s on: activate then, "
                        "or change the start date.",
                        name=membership.display_name,
                        date=format_date(self.env, membership.date_start),
                    )
                )
        # Companies in one order as well, so that two batches never wait for each other.
        by_company = self.sorted("id").grouped("company_id")
        for company in self.company_id.sorted("id"):
            memberships = by_company[company]
            numbers = self.env["coop.counter"]._take(self._name, company, len(memberships))
            for membership, number in zip(memberships, numbers, strict=True):
                membership._write_decision(membership._prepare_activation_values(number, today))

    def _end(self, date_end, exit_reason):
        """End memberships.

        :param date date_end: the last day as a member, not in the future
        :param str exit_reason: a key of the field of that name
        :raise UserError: for who is not a member, or when the day does not fit
        """
        self._check_state("member")
        if date_end > fields.Date.context_today(self):
            raise UserError(
                self.env._("A membership cannot end in the future: come back on that day.")
            )
        for membership in self:
            if date_end < membership.date_start:
                raise UserError(
                    self.env._(
                        "%(name)s is a member since %(date)s: choose that day or a later one.",
                        name=membership.display_name,
                        date=format_date(self.env, membership.date_start),
                    )
                )
        self._write_decision({"state": "former", "date_end": date_end, "exit_reason": exit_reason})
        # A new membership of the same contact may follow at once: the database must know by then.
        self.flush_recordset(["state"])

    def _prepare_activation_values(self, number, today):
        """Return what activation writes on one membership; extend it to write more."""
        self.ensure_one()
        return {"state": "member", "number": number, "date_start": self.date_start or today}
