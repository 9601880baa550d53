import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

# How many depreciations one transaction books.
BATCH = 200


class CoopInvestment(models.Model):
    """What is written off each month reaches the budgets by itself."""

    _inherit = "coop.investment"

    @api.model
    def _cron_depreciate(self):
        """Book all depreciations that are due, in batches; what fails does not stop the others."""
        assets = self.search([("state", "=", "active"), ("asset_id.state", "=", "open")]).asset_id
        lines = assets._get_due_lines(fields.Date.context_today(self))
        self.env["ir.cron"]._commit_progress(remaining=len(lines))
        for start in range(0, len(lines), BATCH):
            batch = lines[start : start + BATCH]
            batch._book_what_can_be()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    def action_depreciate(self):
        """Book the depreciations of these that are due, for whoever may change investments."""
        self.check_access("write")
        # Who may book was checked; entries and reservations are moved by the system.
        self.sudo().asset_id._get_due_lines(fields.Date.context_today(self)).create_move()
        return True

    def _tell_not_booked(self, line, error):
        """Put a depreciation that could not be booked on the list of the chief accountants."""
        self.ensure_one()
        summary = self.env._("Depreciation of %(date)s is not booked", date=line.line_date)
        if summary in self.activity_ids.mapped("summary"):
            return
        accountants = self.env.ref("account.group_account_manager").all_user_ids.filtered(
            lambda user: self.company_id in user.company_ids and not user.share
        )
        for user in accountants:
            self.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=user.id,
                summary=summary,
                note=str(error),
            )


class AccountAssetLine(models.Model):
    _inherit = "account.asset.line"

    def _book_what_can_be(self):
        """Book these in one go; where that fails, one by one, and leave out what cannot be."""
        try:
            with self.env.cr.savepoint():
                self.create_move()
            return
        except UserError:
            self.env.invalidate_all()
        for line in self:
            try:
                with self.env.cr.savepoint():
                    line.create_move()
            except UserError as error:
                self.env.invalidate_all()
                investment = line.asset_id.coop_investment_ids
                _logger.info("Depreciation of %s is not booked: %s", investment.name, error)
                investment._tell_not_booked(line, error)
