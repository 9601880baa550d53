from odoo import api, fields, models
from odoo.fields import Domain

from ..lib.pledging import steps_of

PAGE = "/my/purchases"


class CoopPurchaseCampaign(models.Model):
    """What members see of campaigns in the portal, and nothing of who else pledges.

    A campaign is open to all members of its company and to who manages an open Activity in it.
    """

    _inherit = "coop.purchase.campaign"

    @api.model
    def _get_visible_domain(self, person):
        """Return what finds the campaigns that somebody may see."""
        companies = person._get_member_companies() | self._get_activities(person).company_id
        offered = Domain("company_id", "in", companies.ids) & Domain(
            "state", "not in", ("draft", "cancelled")
        )
        return offered | self._get_own_domain(person)

    @api.model
    def _get_own_domain(self, person):
        """Return what finds the campaigns in which somebody pledges, or pledged."""
        return Domain("pledge_ids", "any", self.env["coop.purchase.pledge"]._get_own_domain(person))

    @api.model
    def _get_open_domain(self):
        """Return what finds the campaigns in which something can be pledged now."""
        now = fields.Datetime.now()
        return (Domain("state", "=", "open") & Domain("pledge_deadline", ">", now)) | (
            Domain("state", "=", "boxfill") & Domain("boxfill_deadline", ">", now)
        )

    @api.model
    def _get_activities(self, person):
        """Return the open Activities that somebody manages, with superuser rights."""
        # By the own partner only: employees are members too.
        return (
            self.env["coop.activity"]
            .sudo()
            .search([("manager_ids", "in", person.ids), ("state", "=", "open")])
        )

    def _can_pledge(self):
        """Whether something can be pledged at this moment."""
        self.ensure_one()
        return bool(self.filtered_domain(self._get_open_domain()))

    def _get_member_status(self):
        """Return a key and the name of where this stands, as members read it."""
        self.ensure_one()
        if self.state in ("open", "boxfill") and not self._can_pledge():
            return "ended", self.env._("Deadline is over")
        return super()._get_member_status()

    def _preview(self, pledge, wishes):
        """Tell what a pledge would come to, and what would be missing with it.

        :param pledge: what there is of the same payer, if anything
        :param dict wishes: checked values by campaign product
        :return: the worst case as text, and hints by the id of each campaign product
        """
        self.ensure_one()
        demand = self._get_demand()
        held = {line.campaign_product_id: line for line in pledge.line_ids}
        hints = {}
        for product in self.product_ids:
            line, wish = held.get(product), wishes.get(product, {})
            both = [
                total
                + (steps_of(wish.get(name) or 0, product.step) or 0)
                - (steps_of(line[name], product.step) if line else 0)
                for name, total in zip(("wanted", "tolerance"), demand[product], strict=True)
            ]
            hints[product.id] = product._get_hints(*both)
        total = pledge._estimate(self, wishes)
        return {"total": self.currency_id.format(float(total)), "hints": hints}

    def _get_home(self, person):
        """Return the antenna to which somebody belongs, if any."""
        return person._search_memberships(self.company_id).antenna_id
