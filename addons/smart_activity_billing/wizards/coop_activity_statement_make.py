from dateutil.relativedelta import relativedelta

from odoo import fields, models


class CoopActivityStatementMake(models.TransientModel):
    """Ask for the statements of a month."""

    _name = "coop.activity.statement.make"
    _description = "Make the Statements of a Month"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    date = fields.Date(
        "Month",
        required=True,
        default=lambda self: fields.Date.context_today(self) - relativedelta(months=1),
        help="Any day of the month. It must be over.",
    )
    activity_ids = fields.Many2many(
        "coop.activity", string="Activities", check_company=True, help="Leave empty for all."
    )
    send_mail = fields.Boolean(
        "Tell the Members",
        default=lambda self: self.env.company.activity_statement_mail,
        help="Members get a mail when their statement is there.",
    )

    def action_make(self):
        """Have them made in the background, and show how far that is."""
        self.ensure_one()
        self.check_access("write")
        Run = self.env["coop.activity.statement.run"]
        Run._check_maker()
        run = Run._ask(self.company_id, self.date, self.activity_ids, self.send_mail)
        return {
            "type": "ir.actions.act_window",
            "res_model": run._name,
            "res_id": run.id,
            "view_mode": "form",
        }
