from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopShareExit(models.Model):
    """What an exit does on its day: the register redeems, the books owe, the membership ends.

    Everything here runs as the system: nobody has the right to write in the register, and who
    records a decision need not be an accountant.
    """

    _inherit = "coop.share.exit"

    @api.model
    def _cron_take_effect(self):
        """Let exits take effect whose day has come, and pay those that were waiting."""
        today = fields.Date.context_today(self)
        due = self.search(
            [("state", "=", "approved"), ("effective_date", "<=", today)],
            order="effective_date, id",
        )
        companies = self.search([("state", "=", "deferred")]).company_id
        self.env["ir.cron"]._commit_progress(remaining=len(due) + len(companies))
        for share_exit in due:
            try:
                with self.env.cr.savepoint():
                    share_exit._take_effect()
            except UserError as error:
                share_exit._alert_problem(error)
            self.env["ir.cron"]._commit_progress(1)
        for company in companies:
            self._serve_queue(company)
            self.env["ir.cron"]._commit_progress(1)

    def _take_effect(self):
        """Redeem the shares, book what is owed, end the membership; then see what can be paid.

        :raise UserError: the shares are not there (any more), or accounts are missing
        """
        self._take_turn()
        for share_exit in self.sorted(lambda one: (one.effective_date, one.id)):
            share_exit._check_state("approved")
            share_exit._get_open_subscriptions().action_cancel()
            lots = share_exit._get_lots()
            share_exit._check_still_held(lots)
            amounts = share_exit._prepare_amounts(lots)
            share_exit._redeem(lots)
            share_exit._write_decision(
                {
                    **amounts,
                    "state": "deferred" if amounts["amount"] else "paid",
                    "paid_date": False if amounts["amount"] else share_exit.effective_date,
                }
            )
            share_exit._end_membership()
        for company in self.company_id:
            self._serve_queue(company)
        for share_exit in self:
            if share_exit.state != "payable":
                share_exit._post_entry(share_exit._prepare_redemption(deferred=True))
            if share_exit.state == "deferred":
                share_exit._write_decision({"was_deferred": True})
            share_exit._mail("effective")

    def _check_still_held(self, lots):
        """Refuse when the shares went elsewhere since the decision."""
        held = sum(lot.quantity for class_lots in lots.values() for lot in class_lots)
        if self.kind == "partial" and held < self.quantity:
            raise UserError(
                self.env._(
                    "%(exit)s is about %(quantity)s shares, but %(member)s holds %(held)s now: "
                    "cancel it, and make a new one.",
                    exit=self.name,
                    quantity=self.quantity,
                    member=self.partner_id.name,
                    held=held,
                )
            )

    def _redeem(self, lots):
        """Write one redemption for each lot in the register."""
        return self.env["coop.share.movement"].create(
            [
                self._prepare_movement(lot)
                | {
                    "date": self.effective_date,
                    "kind": "redemption",
                    "share_class_id": share_class.id,
                    "partner_from_id": self.partner_id.id,
                }
                for share_class, class_lots in lots.items()
                for lot in class_lots
            ]
        )

    def _end_membership(self):
        """End the membership of who has no share left; who keeps some stays a member."""
        membership = self.membership_id
        if self.kind == "partial" or membership.state != "member":
            return
        last_day = max(self.effective_date, membership.date_start)
        membership._end(last_day, self.kind)

    def _alert_problem(self, error):
        """Ask a membership manager, once, to look at an exit that cannot take effect."""
        summary = self.env._("This exit cannot take effect")
        if summary not in self.activity_ids.mapped("summary"):
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=summary,
                note=str(error),
                user_id=(self.decided_by_id or self.env.user).id,
            )
