from odoo import api, fields, models
from odoo.fields import Domain

from ..lib.typed_text import MAX_INTEGER

MEMBER_SERVICES = "smart_membership.group_membership_user"


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Portal members reach their own contact and, by its record rule, their own membership.
    membership_ids = fields.One2many(
        "coop.membership",
        "partner_id",
        string="All Memberships",
        groups=f"{MEMBER_SERVICES},base.group_portal",
    )
    membership_id = fields.Many2one(
        "coop.membership",
        compute="_compute_membership_id",
        search="_search_membership_id",
        groups=MEMBER_SERVICES,
        help="The membership or candidacy in the current company.",
    )
    member_number = fields.Integer(
        related="membership_id.number", string="Member Number", groups=MEMBER_SERVICES
    )
    member_state = fields.Selection(
        related="membership_id.state", string="Membership State", groups=MEMBER_SERVICES
    )
    member_category_id = fields.Many2one(
        related="membership_id.category_id", string="Member Category", groups=MEMBER_SERVICES
    )
    member_antenna_id = fields.Many2one(
        related="membership_id.antenna_id", string="Antenna", groups=MEMBER_SERVICES
    )
    member_sector_ids = fields.Many2many(
        related="membership_id.sector_ids", string="Sectors", groups=MEMBER_SERVICES
    )

    # Not copied: a copy is somebody else, and who makes it may not read this.
    birth_date = fields.Date(
        "Date of Birth", index="btree_not_null", groups=MEMBER_SERVICES, copy=False
    )

    @api.depends("membership_ids.state", "membership_ids.company_id")
    @api.depends_context("company")
    def _compute_membership_id(self):
        memberships = self.env["coop.membership"].search(
            Domain("partner_id", "in", self.ids) & self._current_membership_domain()
        )
        by_partner = {membership.partner_id.id: membership for membership in memberships}
        for partner in self:
            partner.membership_id = by_partner.get(partner._origin.id, False)

    @api.model
    def _search_membership_id(self, operator, value):
        current = self._current_membership_domain()
        if operator in ("any", "any!"):
            return Domain("membership_ids", operator, Domain(value) & current)
        if operator != "in":
            return NotImplemented
        domain = Domain("membership_ids", "any", Domain("id", "in", list(value)) & current)
        if False in value:
            domain |= ~Domain("membership_ids", "any", current)
        return domain

    @api.model
    def _search_display_name(self, operator, value):
        """Find a contact by the exact number of the membership too."""
        domain = super()._search_display_name(operator, value)
        if operator in Domain.NEGATIVE_OPERATORS or not self.env.user.has_group(MEMBER_SERVICES):
            return domain
        numbers = self.env["coop.membership"]._numbers_in(value)
        if not numbers:
            return domain
        numbered = Domain("number", "in", numbers)
        return Domain.OR([domain, Domain("membership_ids", "any", numbered)])

    def action_view_memberships(self):
        """Open the membership of this contact, all of them, or an empty form for a new one."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_membership_action"
        )
        action["domain"] = [("partner_id", "=", self.id)]
        action["context"] = {"default_partner_id": self.id}
        if len(self.membership_ids) < 2:
            action.update(views=[(False, "form")], res_id=self.membership_ids.id)
        return action

    # ------------------------------------------------------------------
    # Who is a member today
    # ------------------------------------------------------------------

    def _search_memberships(self, companies=None, domain=Domain.TRUE):
        """Return the memberships by which these contacts are members today, as superuser.

        It decides on what somebody may do: whoever calls this tells others nothing more of it.

        :param companies: in these only; in each unless told otherwise
        :param domain: what else is asked of a membership
        """
        domain &= Domain("partner_id", "in", self.ids) & Domain("state", "=", "member")
        if companies is not None:
            domain &= Domain("company_id", "in", companies.ids)
        # Members and employees have no right on the memberships of others.
        return self.env["coop.membership"].sudo().search(domain)

    def _get_member_companies(self):
        """Return the co-operatives of which these contacts are members today, as superuser."""
        return self._search_memberships().company_id

    @api.model
    def _find_member(self, company, number):
        """Return the member of a company who has a number, as superuser, or nobody.

        Whoever knows the number of a member may name that member.
        """
        if not 0 < (number or 0) <= MAX_INTEGER:
            return self.sudo().browse()
        # As of `_search_memberships`.
        memberships = self.env["coop.membership"].sudo()
        return memberships.search(
            [("company_id", "=", company.id), ("number", "=", number), ("state", "=", "member")]
        ).partner_id

    @api.model
    def _current_membership_domain(self):
        return Domain("company_id", "=", self.env.company.id) & Domain("state", "!=", "former")
