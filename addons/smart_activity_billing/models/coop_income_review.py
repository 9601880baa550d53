from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopIncomeReview(models.Model):
    """Why entries with income of Activities owe no contribution: somebody looked at them.

    It holds for the entries as they were posted then. Nobody changes one; the entries keep the
    trail in their own messages.
    """

    _name = "coop.income.review"
    _description = "Review of Income without Contribution"
    _rec_name = "reason"
    _order = "id desc"
    _check_company_auto = True

    reason = fields.Char(required=True)
    move_ids = fields.Many2many(
        "account.move",
        "coop_income_review_move",
        "review_id",
        "move_id",
        "Entries",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
    )

    @api.depends("move_ids")
    def _compute_company_id(self):
        for review in self:
            review.company_id = review.move_ids[:1].company_id

    @api.model_create_multi
    def create(self, vals_list):
        reviews = super().create(vals_list)
        reviews.move_ids.check_access("read")
        reviews._check_not_own()
        for review in reviews:
            review._tell_entries(
                review.move_ids,
                self.env._("Income without contribution, reviewed: %s", review.reason),
            )
        return reviews

    def _take_back(self, moves):
        """Have entries reviewed anew. Who may do so was checked.

        :param moves: ``account.move``; what is not of these reviews is left alone
        """
        for review in self:
            entries = review.move_ids & moves
            # A review is written by nobody.
            review.sudo().move_ids -= entries
            review._tell_entries(
                entries, self.env._("The review of its income is taken back: %s", review.reason)
            )

    def _check_not_own(self):
        """Nobody reviews the income of an Activity of their own.

        :raise UserError: naming the entry
        """
        # Whose an Activity is, is asked for the user's own sake only.
        lines = self.move_ids.sudo().line_ids
        own = {
            account_id: activity
            for account_id, activity in lines._by_activity_account().items()
            if self.env.user.partner_id in activity.manager_ids | activity.partner_id
        }
        for line in lines.filtered(lambda line: line._get_activity_keys(own)):
            raise UserError(
                self.env._(
                    "%(entry)s is on an Activity of your own: ask a colleague to review it.",
                    entry=line.move_id.display_name,
                )
            )

    def _tell_entries(self, moves, text):
        moves._message_log_batch({move.id: text for move in moves})
