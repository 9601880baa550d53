from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .coop_body import WITHOUT_SEAT


class ResPartner(models.Model):
    """Who is a member, and who sits where."""

    _inherit = "res.partner"

    def _is_member(self, company=None):
        """Tell whether this contact is a member of a co-operative today.

        :param company: the user's own unless told otherwise
        """
        self.ensure_one()
        return self in self._filter_members(company)

    def _filter_members(self, company=None):
        """Return those of these contacts who are members of a co-operative today."""
        memberships = self._search_memberships(company or self.env.company)
        return self & memberships.partner_id.with_env(self.env)

    def _filter_staff(self, company=None):
        """Return those of these contacts who are permanent staff of a co-operative, as members."""
        staff = Domain("category_id.code", "=", "staff")
        memberships = self._search_memberships(company or self.env.company, staff)
        return self & memberships.partner_id.with_env(self.env)

    def _hold_memberships(self):
        """Make who ends a membership of these wait, or be replayed.

        What is given to members only, and taken from who leaves, begins with this: else each of
        both would not see the other.
        """
        # Waiting for one's turn is normal life: it is not an error in the server's log.
        self.env.cr.execute(
            SQL("UPDATE coop_membership SET id = id WHERE partner_id = ANY(%s)", self.ids),
            log_exceptions=False,
        )

    def _holds_mandate(self, kind, day=None, company=None):
        """Tell whether this contact sits in a body of a kind, other than as an observer.

        :param str kind: as of ``coop.body``
        :param date day: today unless told otherwise
        :param company: the user's own unless told otherwise
        """
        self.ensure_one()
        return self in self._filter_mandates(kind, day, company)

    def _filter_mandates(self, kind, day=None, company=None):
        """Return those of these contacts who sit in a body of a kind on a day."""
        company = company or self.env.company
        # Who sits where decides on rights, and is public in the co-operative.
        Mandate = self.env["coop.mandate"].sudo()
        mandates = Mandate.search(
            Mandate._active_domain(day)
            & Domain("partner_id", "in", self.ids)
            & Domain("company_id", "=", company.id)
            & Domain("body_id.kind", "=", kind)
            & Domain("role", "not in", WITHOUT_SEAT)
        )
        return self & mandates.partner_id.with_env(self.env)
