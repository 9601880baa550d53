from odoo import models
from odoo.exceptions import UserError

from ..lib.pledging import box_state, quantity_of


class CoopPurchaseCampaign(models.Model):
    """How members pledge: what is checked, in which order, and what is held for it.

    The campaign's row comes first and the Activity's after it. Of two pledges at the same moment
    one is replayed and finds what the other left: of a box, and of a budget.
    """

    _inherit = "coop.purchase.campaign"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_pledge_for(self):
        """Open the form in which a buyer pledges for somebody."""
        self.ensure_one()
        self.check_access("write")
        return self._ask_pledge({})

    def _ask_pledge(self, context):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_purchasing_central.coop_purchase_pledge_make_action"
        )
        return action | {"context": {"default_campaign_id": self.id, **context}}

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _pledge(self, person, activity, antenna, wishes, token=None, known=None, reason=None):
        """Pledge, in place of what this payer pledged before.

        :param person: the ``res.partner`` who pledges
        :param activity: who pays; an empty one: the person, for private use
        :param antenna: where it is collected
        :param dict wishes: by campaign product: values of ``coop.purchase.pledge.line``
        :param str token: of the form: sent twice, it pledges once
        :param str known: the token of the pledge that the form showed, empty for none
        :param str reason: why a buyer pledges for that person, who may then be no member
        :return: the ``coop.purchase.pledge``
        :raise UserError: it is too late, no possible quantity, or the budget does not have it
        """
        self.ensure_one()
        self._take_turn()
        pledge = self._get_pledge(person, activity)
        if token and pledge.token == token:
            return pledge
        self._check_pledging()
        self._check_payer(person, activity, on_behalf=bool(reason))
        self._check_known(pledge, known)
        self._check_point(antenna)
        wishes = self._check_wishes(wishes)
        if self.state == "boxfill":
            self._check_fills_boxes(pledge, wishes)
        outside = not activity and not self._get_members(person)
        values = {"antenna_id": antenna.id, "token": token, "is_outsider": outside}
        pledge = pledge.with_context(pledge_reason=reason)
        if pledge:
            pledge.write({**values, "partner_id": person.id})
        else:
            keys = {"campaign_id": self.id, "partner_id": person.id, "activity_id": activity.id}
            pledge = pledge.create({**keys, **values})
        pledge._replace_lines(wishes)
        pledge._hold()
        return pledge

    def _withdraw_pledge(self, pledge, reason=None):
        """Give a pledge back; done twice, it is once.

        :param str reason: why a buyer does it for who pledged
        :raise UserError: others rely on it already
        """
        self.ensure_one()
        self._take_turn()
        if pledge.state == "withdrawn":
            return
        self._check_state("open")
        self._check_in_time()
        pledge.with_context(pledge_reason=reason)._end("withdrawn")

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_pledging(self):
        """Refuse pledges before and after; the clock of the server counts.

        :raise UserError: naming the campaign and what is over
        """
        self._check_state("open", "boxfill")
        self._check_in_time()

    def _check_in_time(self):
        name = "pledge_deadline" if self.state == "open" else "boxfill_deadline"
        if self._is_over(name):
            raise UserError(
                self.env._(
                    "The deadline of %(campaign)s is over: nothing can be pledged or changed any "
                    "more.",
                    campaign=self.display_name,
                )
            )

    def _check_payer(self, person, activity, on_behalf=False):
        """Refuse who is no member any more, and Activities of somebody else.

        :param bool on_behalf: a buyer pledges for somebody, who may be no member and is invoiced
        :raise UserError: naming who cannot pledge
        """
        if activity:
            # Open or not, and whether it has the money, is checked when it is reserved.
            own = person in activity.manager_ids and activity.company_id == self.company_id
            if not own or activity.membership_id.state != "member":
                raise UserError(
                    self.env._(
                        "%(activity)s cannot pledge for %(campaign)s: choose an Activity of yours, "
                        "of a member of this cooperative.",
                        activity=activity.display_name,
                        campaign=self.display_name,
                    )
                )
        elif not on_behalf and not self._get_members(person):
            raise UserError(
                self.env._(
                    "%(person)s is no member, so nothing can be pledged for private use.",
                    person=person.display_name,
                )
            )
        elif not self.private_limit:
            raise UserError(
                self.env._(
                    "%(campaign)s is not for private use: pledge from one of your Activities.",
                    campaign=self.display_name,
                )
            )

    def _check_known(self, pledge, known):
        """Refuse to overwrite what was changed in another window since.

        :raise UserError: the form showed another pledge than there is
        """
        if known is not None and known != (pledge.token or ""):
            raise UserError(
                self.env._(
                    "Your pledge for %(campaign)s was changed in another window meanwhile: open "
                    "it again, and change what it says now.",
                    campaign=self.display_name,
                )
            )

    def _check_point(self, antenna):
        if len(antenna) != 1 or antenna not in self.antenna_ids:
            raise UserError(
                self.env._(
                    "Choose one of the pick-up points of %(campaign)s.", campaign=self.display_name
                )
            )

    def _check_wishes(self, wishes):
        """Return what is wished for, without what is not wanted at all.

        :raise UserError: naming the product whose quantities are impossible
        """
        foreign = [product for product in wishes if product.campaign_id != self]
        wishes = {
            product: product._check_wish(wish)
            for product, wish in wishes.items()
            if wish.get("wanted") or wish.get("tolerance")
        }
        if foreign or not wishes:
            raise UserError(
                self.env._(
                    "Fill in how much you want of at least one product of %(campaign)s.",
                    campaign=self.display_name,
                )
            )
        return wishes

    def _check_fills_boxes(self, pledge, wishes):
        """Let a pledge grow by what is missing to full boxes, and by nothing else.

        :raise UserError: naming the product, and how much of it still helps
        """
        held = {line.campaign_product_id: line for line in pledge.line_ids}
        demand = self._get_demand()
        for product in self.product_ids:
            line, wish = held.get(product), wishes.get(product, {})
            if line and line._is_weaker(wish):
                raise UserError(
                    self.env._(
                        "Others fill boxes of %(product)s with what you pledged: it can only "
                        "become more now, at no lower price.",
                        product=product.display_name,
                    )
                )
            more = product._count_steps(wish) - (line._count_steps() if line else 0)
            missing = box_state(*demand[product], product._get_box_steps()).missing
            if more > missing:
                raise UserError(
                    self.env._(
                        "Only what fills a box can be added now: of %(product)s, %(missing)s "
                        "%(unit)s.",
                        product=product.display_name,
                        missing=f"{quantity_of(missing, product.step):f}",
                        unit=product.uom_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_pledge(self, person, activity):
        """Return what this payer pledges for the campaign, or nothing."""
        payer = [("partner_id", "=", person.id)] if not activity else []
        return self.env["coop.purchase.pledge"].search(
            [
                *payer,
                ("campaign_id", "=", self.id),
                ("activity_id", "=", activity.id),
                ("state", "=", "active"),
            ]
        )
