from odoo import api, fields, models
from odoo.fields import Domain


class CoopInvestment(models.Model):
    """The way of a joint investment until it is bought: proposed, pledged for, funded or lapsed.

    All steps hold the row of the investment first and its Activities after it, in the order of
    their ids. Of two pledges for the last euro, one is replayed and finds what is left; a pledge
    and the deadline never both win.
    """

    _inherit = "coop.investment"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_publish(self):
        """Let all Activities of the company pledge.

        :raise AccessError: the user neither manages the proposing Activity nor is back office
        :raise UserError: it is incomplete, or its deadline is over
        """
        self._check_may_propose()
        # Who may propose was checked; members have no right to write investments.
        self.sudo()._publish(self.env.user.partner_id)
        return True

    def action_pledge(self, activity_id, amount):
        """Pledge an amount from an Activity that the user manages, in place of its pledge so far.

        :return: the amount that is held: the last pledge takes no more than is missing
        :raise AccessError: the user does not manage the Activity
        :raise UserError: pledging is over, or the Activity does not have the amount
        """
        self.ensure_one()
        activity = self._get_own_activity(activity_id)
        self._check_was_proposed()
        # Whose Activity it is was checked; members have no right on investments.
        return self.sudo()._pledge(activity, amount, self.env.user.partner_id).amount

    def action_withdraw_pledge(self, activity_id):
        """Take the pledge of an Activity back, until the investment is funded.

        :raise AccessError: as of ``action_pledge``
        """
        self.ensure_one()
        activity = self._get_own_activity(activity_id)
        self._check_was_proposed()
        # Whose Activity it is was checked.
        self.sudo()._withdraw_pledge(activity)
        return True

    def action_cancel_proposal(self, reason=None):
        """Give up a proposal, or a purchase that does not come; without a reason, ask for it.

        :raise AccessError: as of ``action_publish``; what is funded, only the back office gives up
        """
        self._check_may_give_up()
        if not (reason or "").strip():
            return self._ask_reason()
        # Who may give up was checked.
        self.sudo()._cancel_proposal(reason.strip())
        return True

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _publish(self, person):
        self._take_turn()
        for investment in self:
            investment._check_state("draft")
            investment._check_complete()
            investment._write_decision({"state": "pledging", "proposer_id": person.id})

    def _pledge(self, activity, amount, person, token=None):
        """Hold an amount for this investment, in place of what the Activity held before.

        :param person: the ``res.partner`` who pledges
        :param str token: of the form: sent twice, it pledges once
        :return: the ``coop.investment.pledge``
        """
        self.ensure_one()
        self._take_turn()
        pledge = self._get_pledge(activity)
        if token and pledge.token == token:
            return pledge
        self._check_pledging()
        taken = self._check_pledge(amount, pledge.amount)
        pledge.reservation_id._release()
        reservation = activity._reserve(
            taken, "investment", origin=self, date_until=self.deadline.date()
        )
        self._bump_pledged(taken - pledge.amount)
        values = {
            "amount": taken,
            "asked_amount": amount,
            "person_id": person.id,
            "date": fields.Datetime.now(),
            "reservation_id": reservation.id,
            "token": token,
        }
        if pledge:
            pledge.write(values)
        else:
            keys = {"investment_id": self.id, "activity_id": activity.id}
            pledge = pledge.create({**keys, **values})
        self._log_pledge(
            self.env._(
                "%(activity)s pledges %(amount)s.",
                activity=activity.name,
                amount=self.currency_id.format(taken),
            )
        )
        if not self.currency_id.compare_amounts(self.pledged_amount, self.target):
            self._fund()
        return pledge

    def _withdraw_pledge(self, activity):
        self.ensure_one()
        self._take_turn()
        self._check_state("pledging")
        pledge = self._get_pledge(activity)
        if not pledge:
            # Pressed twice: there is nothing left to give back.
            return
        self._bump_pledged(-pledge.amount)
        pledge._end("withdrawn")
        self._log_pledge(self.env._("%(activity)s withdraws its pledge.", activity=activity.name))

    def _fund(self):
        """Nothing is missing: pledges hold until it is bought."""
        self.ensure_one()
        self._write_decision({"state": "funded"})
        # What holds the money has no end any more: it waits for the bill.
        self._get_held_pledges().reservation_id.write({"date_until": False})
        self._mail("funded", self._get_people())

    def _settle_deadline(self):
        """Let what is not funded lapse, now that its deadline is over."""
        for investment in self:
            investment._take_turn()
            if investment.state == "pledging" and investment.deadline <= fields.Datetime.now():
                investment._release_pledges("lapsed")

    def _cancel_proposal(self, reason):
        self._take_turn()
        for investment in self:
            investment._check_state("draft", "pledging", "funded")
            investment._release_pledges("cancelled", reason)

    def _release_pledges(self, state, reason=False):
        """Give all pledges back, and tell everybody who pledged or proposed."""
        self.ensure_one()
        people = self._get_people()
        pledges = self._get_held_pledges()
        self._bump_pledged(-sum(pledges.mapped("amount")))
        pledges._end("released")
        self._forget_bill()
        self._write_decision({"state": state, "end_reason": reason})
        self._mail(state, people)

    @api.model
    def _cron_settle_deadlines(self):
        """Let proposals lapse whose deadline is over, one transaction for each."""
        cron = self.env["ir.cron"]
        due = self.search(self._get_due_domain(), order="deadline, id")
        cron._commit_progress(remaining=len(due))
        for investment in due:
            # Somebody pledges or gives up at this very moment: the next run sees how it ended.
            if investment.try_lock_for_update():
                investment._settle_deadline()
            if not cron._commit_progress(1):
                return

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _take_turn(self):
        super()._take_turn()
        self.with_prefetch().pledge_ids.invalidate_recordset()

    def _write_decision(self, vals):
        result = super()._write_decision(vals)
        if vals.get("state", "pledging") != "pledging":
            # Nobody needs to answer any more.
            self.sudo().invitation_ids._end()
        return result

    def _get_pledge(self, activity):
        """Return what an Activity pledges for this one, or nothing."""
        return self.env["coop.investment.pledge"].search(
            [
                ("investment_id", "=", self.id),
                ("activity_id", "=", activity.id),
                ("state", "=", "active"),
            ]
        )

    def _get_people(self):
        """Return who proposed it and all managers of Activities that pledge for it."""
        pledging = self._get_held_pledges().activity_id
        return self.proposing_activity_id.manager_ids | pledging.manager_ids

    def _get_held_pledges(self):
        return self.pledge_ids.filtered(lambda one: one.state == "active")

    @api.model
    def _get_due_domain(self):
        return Domain("state", "=", "pledging") & Domain("deadline", "<=", fields.Datetime.now())

    def _log_pledge(self, message):
        # The back office follows it; members see the sum on their page.
        self.message_post(body=message)

    def _ask_reason(self):
        return {
            "name": self.env._("Give Up the Investment"),
            "type": "ir.actions.act_window",
            "res_model": "coop.investment.reason",
            "view_mode": "form",
            "target": "new",
            "context": {"default_investment_ids": self.ids},
        }
