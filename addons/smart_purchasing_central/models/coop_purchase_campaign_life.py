from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# How long before a deadline members are reminded of it.
REMINDED_BEFORE = timedelta(hours=48)
# Who pledged within so many months is told of new campaigns.
INVITED_MONTHS = 24


class CoopPurchaseCampaign(models.Model):
    """The way of a campaign until its demand is final: open, filling boxes, frozen.

    Every step holds the campaign's row first (``_take_turn``): a pledge, a button and the clock
    never both win, and who comes second finds how it ended.
    """

    _inherit = "coop.purchase.campaign"

    event_ids = fields.One2many("coop.purchase.campaign.event", "campaign_id", readonly=True)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open(self):
        """Let members pledge.

        :raise UserError: no draft, or what members need to know is missing
        """
        self.check_access("write")
        # Who may change the campaign was checked; pledges are moved by the system only.
        campaigns = self.sudo()
        campaigns._take_turn()
        for campaign in campaigns:
            campaign._check_state("draft")
            campaign._check_can_open()
            campaign._write_decision({"state": "open"})
            campaign._log_event("opened", campaign._get_invited_people())
        return True

    def action_boxfill(self):
        """End the pledging before its deadline, and let members fill boxes.

        :raise UserError: not open, or there is no time for it
        """
        self.check_access("write")
        # Who may change the campaign was checked; pledges are moved by the system only.
        campaigns = self.sudo()
        campaigns._take_turn()
        for campaign in campaigns:
            campaign._check_state("open")
            if not campaign._has_boxfill():
                raise UserError(
                    self.env._(
                        "%(campaign)s has no time to fill boxes: freeze it, or extend it with a "
                        "deadline for that.",
                        campaign=campaign.display_name,
                    )
                )
            campaign._start_boxfill()
        return True

    def action_freeze(self):
        """Make the demand final, whether the deadline is over or not; done twice, it is once.

        :raise UserError: not open, or nobody pledged
        """
        self.check_access("write")
        # Who may change the campaign was checked; pledges are moved by the system only.
        campaigns = self.sudo()
        campaigns._take_turn()
        for campaign in campaigns:
            if campaign.state == "frozen":
                continue
            campaign._check_state("open", "boxfill")
            if not campaign._has_demand():
                raise UserError(
                    self.env._(
                        "Nobody pledges for %(campaign)s: extend it or cancel it.",
                        campaign=campaign.display_name,
                    )
                )
            campaign._freeze()
        return True

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _start_boxfill(self):
        self._write_decision({"state": "boxfill"})
        self._log_event("boxfill", self._get_pledging_people())

    def _freeze(self):
        """The demand is final: give back what was pledged by who is no member any more."""
        self.ensure_one()
        self._drop_leavers()
        self._write_decision({"state": "frozen"})
        self._log_event("frozen", self._get_pledging_people())
        if not self._has_demand():
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Nobody pledged: extend it or cancel it"),
                user_id=(self.user_id or self.env.user).id,
            )

    def _drop_leavers(self):
        """Withdraw the private pledges of who left; those of Activities keep them open."""
        private = self._get_active_pledges().filtered(
            lambda one: not one.activity_id and not one.is_outsider
        )
        members = self._get_members(private.partner_id)
        private.filtered(lambda one: one.partner_id not in members)._end("withdrawn")

    def _settle_deadline(self):
        """Go the step that the clock asks for, if it still does."""
        self.ensure_one()
        self._take_turn()
        if self.state == "open" and self._is_over("pledge_deadline"):
            if self._has_boxfill() and self._has_begun_boxes():
                self._start_boxfill()
            else:
                self._freeze()
        elif self.state == "boxfill" and self._is_over("boxfill_deadline"):
            self._freeze()

    def _remind(self):
        """Tell who may pledge that the deadline is near, once for each deadline."""
        self.ensure_one()
        deadline = self._get_deadline()
        reminded = self.event_ids.filtered(
            lambda one: one.kind == "reminder" and one.deadline == deadline
        )
        if not reminded:
            people = self._get_pledging_people()
            if self.state == "open":
                people |= self._get_invited_people()
            self._log_event("reminder", people)

    @api.model
    def _cron_settle_deadlines(self):
        """Go the steps that are due, one transaction for each campaign, then remind."""
        cron = self.env["ir.cron"]
        due = self.search(self._get_due_domain(), order="id")
        near = self.search(self._get_near_domain(), order="id") - due
        cron._commit_progress(remaining=len(due) + len(near))
        for campaign in due + near:
            # Somebody pledges or goes a step at this very moment: the next run sees how it ended.
            if campaign.try_lock_for_update():
                if campaign in due:
                    campaign._settle_deadline()
                else:
                    campaign._remind()
            if not cron._commit_progress(1):
                return

    @api.model
    def _get_due_domain(self):
        now = fields.Datetime.now()
        return (Domain("state", "=", "open") & Domain("pledge_deadline", "<=", now)) | (
            Domain("state", "=", "boxfill") & Domain("boxfill_deadline", "<=", now)
        )

    @api.model
    def _get_near_domain(self):
        """Return what finds the campaigns whose deadline is near."""
        now = fields.Datetime.now()
        near = Domain.FALSE
        for state, name in (("open", "pledge_deadline"), ("boxfill", "boxfill_deadline")):
            near |= (
                Domain("state", "=", state)
                & Domain(name, ">", now)
                & Domain(name, "<=", now + REMINDED_BEFORE)
            )
        return near

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_can_open(self):
        """Refuse to open what members could not decide on; extend it for further rules.

        :raise UserError: naming what is missing
        """
        self.ensure_one()
        missing = self._get_missing_to_open()
        if missing:
            raise UserError(
                self.env._(
                    "%(campaign)s cannot be opened yet. %(missing)s",
                    campaign=self.display_name,
                    missing=" ".join(missing),
                )
            )

    def _get_missing_to_open(self):
        """Return what has to be done before it opens, as a list of sentences."""
        missing = []
        if not self.product_ids:
            missing.append(self.env._("Add the products that it buys."))
        unpriced = self.product_ids.filtered(lambda one: one.ceiling_price <= 0)
        if unpriced:
            missing.append(
                self.env._(
                    "Say what a unit may cost at most of %(products)s: pledges reserve it.",
                    products=", ".join(unpriced.mapped("display_name")),
                )
            )
        if not self.antenna_ids:
            missing.append(self.env._("Choose the pick-up points."))
        if not self.pledge_deadline or self._is_over("pledge_deadline"):
            missing.append(self.env._("Choose a pledge deadline that is still to come."))
        elif self.boxfill_deadline and self.boxfill_deadline <= self.pledge_deadline:
            missing.append(self.env._("Boxes are filled after the pledge deadline: choose later."))
        return missing

    def _is_over(self, name):
        return self[name] and self[name] <= fields.Datetime.now()

    def _has_boxfill(self):
        return bool(self.boxfill_deadline) and not self._is_over("boxfill_deadline")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _take_turn(self):
        """Make rivals for these wait, and be replayed; then read as the last one left it."""
        self._bump(self)
        self.invalidate_recordset()
        self.pledge_ids.invalidate_recordset()

    def _get_deadline(self):
        """Return until when members may still act, if they may."""
        self.ensure_one()
        return {"open": self.pledge_deadline, "boxfill": self.boxfill_deadline}.get(self.state)

    def _log_event(self, kind, people, **values):
        """Write down what happened, and let people read of it."""
        self.ensure_one()
        event = self.env["coop.purchase.campaign.event"].create(
            {
                "campaign_id": self.id,
                "kind": kind,
                "deadline": self._get_deadline(),
                "pledge_count": len(self._get_active_pledges()),
                **values,
            }
        )
        event._tell(people)
        return event

    def _get_active_pledges(self):
        return self.env["coop.purchase.pledge"].search(
            [("campaign_id", "in", self.ids), ("state", "=", "active")], order="id"
        )

    def _get_pledging_people(self):
        return self._get_active_pledges().partner_id

    def _get_invited_people(self):
        """Return the members who said that they need its products, or who pledged lately."""
        products = self.product_ids.product_id
        needs = self.env["coop.purchase.need"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("product_id", "in", products.ids),
                ("state", "=", "active"),
            ]
        )
        since = fields.Datetime.now() - relativedelta(months=INVITED_MONTHS)
        [(pledged,)] = self.env["coop.purchase.pledge"]._read_group(
            [("company_id", "=", self.company_id.id), ("create_date", ">=", since)],
            aggregates=["partner_id:recordset"],
        )
        return self._get_members(needs.partner_id | pledged)

    def _get_members(self, people):
        """Return who of these is a member now."""
        found = self.env["coop.membership"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "member"),
                ("partner_id", "in", people.ids),
            ]
        )
        return found.partner_id
