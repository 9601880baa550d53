from odoo import fields, models
from odoo.exceptions import AccessError, UserError

BEFORE_ORDER = ("draft", "open", "boxfill", "frozen", "evaluated")


class CoopPurchaseCampaign(models.Model):
    """Extend, reopen, split and cancel: pledges are kept, and a trail says who did it and why."""

    _inherit = "coop.purchase.campaign"

    # ------------------------------------------------------------------
    # Actions: each asks for what it needs
    # ------------------------------------------------------------------

    def action_extend(self):
        """Ask for a later deadline, and why."""
        return self._ask_change("extend", self.env._("Extend the Campaign"))

    def action_reopen(self):
        """Ask for a new deadline, and why."""
        self._check_manager()
        return self._ask_change("reopen", self.env._("Reopen the Campaign"))

    def action_split(self):
        """Ask which products go on by themselves, and why."""
        return self._ask_change("split", self.env._("Split the Campaign"))

    def action_cancel(self):
        """Ask why."""
        self._check_manager()
        return self._ask_change("cancel", self.env._("Cancel the Campaign"))

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _extend(self, deadline, boxfill_deadline, reason):
        """Give members more time; while boxes are filled, for that only.

        :raise UserError: not open, or no later deadline
        """
        self.ensure_one()
        self._take_turn()
        self._check_state("open", "boxfill")
        if self.state == "boxfill":
            deadline = self.pledge_deadline
        self._set_deadlines(deadline, boxfill_deadline)
        self._log_event("extended", self._get_concerned_people(), reason=reason)

    def _reopen(self, deadline, boxfill_deadline, reason):
        """Let members pledge again, from what they pledged; a plan made so far is not chosen.

        :raise UserError: neither frozen nor filling boxes, ordered already, or no later deadline
        """
        self.ensure_one()
        self._take_turn()
        self._check_state("boxfill", "frozen", "evaluated")
        self._write_decision({"state": "open", "plan_id": False})
        self._set_deadlines(deadline, boxfill_deadline)
        self._log_event("reopened", self._get_concerned_people(), reason=reason)

    def _split(self, products, title, reason):
        """Let some products go on in a campaign of their own, with what is pledged for them.

        :return: the other campaign, in the same state
        :raise UserError: ordered already, nothing would stay, or suppliers offered
        """
        self.ensure_one()
        self._take_turn()
        self._check_state("open", "boxfill", "frozen")
        self._check_can_split(products)
        [values] = self.copy_data({"title": title, "product_ids": [], "user_id": self.user_id.id})
        other = self.create(values)
        other._write_decision({"state": self.state})
        (self.product_ids - products).filtered(
            lambda one: one.substitute_id in products
        ).substitute_id = False
        products._move_to(other)
        self.offer_ids.filtered(lambda offer: offer.state == "draft")._split_off(products, other)
        self._get_active_pledges()._split_off(products, other)
        self.invalidate_recordset(["product_ids", "pledge_ids"])
        people = other._get_pledging_people()
        self._log_event("split", people.browse(), reason=reason, other_campaign_id=other.id)
        other._log_event("split", people, reason=reason, other_campaign_id=self.id)
        return other

    def _cancel(self, reason):
        """Give everything up, and all reservations back.

        :raise UserError: it is ordered already
        """
        self.ensure_one()
        self._take_turn()
        self._check_state(*BEFORE_ORDER)
        people = self._get_pledging_people()
        pledges = self._get_active_pledges()
        pledges._end("withdrawn")
        self._write_decision({"state": "cancelled"})
        self._log_event("cancelled", people, reason=reason, pledge_count=len(pledges))

    def _set_deadlines(self, deadline, boxfill_deadline):
        """Write deadlines that are still to come.

        :raise UserError: they are over, or in the wrong order
        """
        now = fields.Datetime.now()
        last = boxfill_deadline if self.state == "boxfill" else deadline
        if not last or last <= now or (boxfill_deadline and boxfill_deadline <= deadline):
            raise UserError(
                self.env._(
                    "%(campaign)s needs a deadline that is still to come, and boxes are filled "
                    "after it.",
                    campaign=self.display_name,
                )
            )
        self._write_decision({"pledge_deadline": deadline, "boxfill_deadline": boxfill_deadline})

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_manager(self):
        """Reopening and cancelling is for managers of the purchasing centre.

        :raise AccessError: the user is none, or may not change the campaign
        """
        self.check_access("write")
        if not self.env.user.has_group("smart_purchasing_central.group_purchasing_manager"):
            raise AccessError(
                self.env._("Only a manager of the purchasing centre reopens or cancels campaigns.")
            )

    def _check_can_split(self, products):
        """Refuse to split what hangs together; extend it for what hangs on products.

        :raise UserError: naming the campaign
        """
        if not products or products.campaign_id != self or products == self.product_ids:
            raise UserError(
                self.env._(
                    "Choose some products of %(campaign)s, not all of them.",
                    campaign=self.display_name,
                )
            )
        # How many offers there are is no secret, what they name is: no product is told.
        if self.offer_count and not self.offers_opened_on:
            raise UserError(
                self.env._(
                    "%(campaign)s received sealed offers: it cannot be split before they are "
                    "opened, whichever products they name. Split it then.",
                    campaign=self.display_name,
                )
            )
        opened = products.offer_line_ids.filtered("is_opened")
        if opened:
            raise UserError(
                self.env._(
                    "Suppliers offered for %(products)s: what was opened together is decided on "
                    "together. Choose products of %(campaign)s that nobody offered.",
                    products=", ".join(opened.campaign_product_id.mapped("display_name")),
                    campaign=self.display_name,
                )
            )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_concerned_people(self):
        return self._get_pledging_people() | self._get_invited_people()

    def _ask_change(self, kind, name):
        self.ensure_one()
        self.check_access("write")
        return {
            "name": name,
            "type": "ir.actions.act_window",
            "res_model": "coop.purchase.campaign.change",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_campaign_id": self.id,
                "default_kind": kind,
                "default_pledge_deadline": self.pledge_deadline,
                "default_boxfill_deadline": self.boxfill_deadline,
            },
        }
