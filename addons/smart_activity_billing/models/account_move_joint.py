from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """A bill buys a joint investment once: when it is funded."""

    _inherit = "account.move"

    def _prepare_investments(self):
        self._check_joint_funded()
        return super()._prepare_investments()

    def _check_joint_funded(self):
        """Refuse bills of what is not funded (any more), or bought already.

        :raise UserError: naming the investment and where it stands
        """
        bills = self.filtered(lambda move: move.move_type in ("in_invoice", "in_receipt"))
        # Where it stands matters, whoever posts.
        for investment in bills.line_ids.coop_investment_id.sudo().filtered("is_joint"):
            if investment.state != "funded":
                states = dict(investment._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(investment)s is “%(state)s”: its bill can be posted when it is funded. "
                        "Take the investment off the line, or wait.",
                        investment=investment.display_name,
                        state=states[investment.state],
                    )
                )
