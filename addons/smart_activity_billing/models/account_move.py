from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """The Activity of a document; what it contributes is in ``account_move_contribution``."""

    _inherit = "account.move"

    # What the cooperative keeps is not the client's business: internal groups only.
    activity_id = fields.Many2one(
        "coop.activity",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="[('company_id', '=', company_id), ('state', 'in', ('draft', 'open'))]",
        groups="base.group_user",
        help="The Activity of all lines that do not name another one.",
    )

    # What clients still owe is looked up for lists of Activities, among all that is paid.
    _residual_idx = models.Index(
        "(id) INCLUDE (amount_residual_signed, amount_total_signed) "
        "WHERE amount_residual_signed <> 0"
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    def _compute_payment_state(self):
        super()._compute_payment_state()
        self.env["coop.activity"]._invalidate_amounts()

    @api.onchange("activity_id")
    def _onchange_activity_id(self):
        self._apply_activity(self._origin.activity_id)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        for move in moves.filtered("activity_id"):
            move._apply_activity(self.env["coop.activity"])
        return moves

    def write(self, vals):
        if "activity_id" not in vals:
            return super().write(vals)
        previous = {move: move.activity_id for move in self}
        for move in self:
            if move.state == "posted" and vals["activity_id"] != move.activity_id.id:
                raise UserError(
                    self.env._(
                        "%(entry)s is posted: its Activity cannot change any more. Reset it to "
                        "draft, or reverse it.",
                        entry=move.display_name,
                    )
                )
        result = super().write(vals)
        for move in self:
            move._apply_activity(previous[move])
        return result

    # ------------------------------------------------------------------
    # Activity of the document
    # ------------------------------------------------------------------

    def _apply_activity(self, previous):
        """Give the document's Activity to its lines without one, and to those that followed it.

        :param previous: the Activity that the document had before
        """
        self.ensure_one()
        if self.state != "draft" or not self.is_invoice(include_receipts=True):
            return
        new = self.activity_id.analytic_account_id
        old = previous.analytic_account_id
        if not new and not old:
            return
        lines = self.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        activities = lines._by_activity_account()
        for line in lines:
            distribution = dict(line.analytic_distribution or {})
            keys = line._get_activity_keys(activities)
            followed = old and distribution.get(str(old.id)) == 100.0 and len(keys) == 1
            if followed and new != old:
                del distribution[str(old.id)]
            if new and (not keys or (followed and new != old)):
                distribution[str(new.id)] = 100.0
            if distribution != (line.analytic_distribution or {}):
                line.analytic_distribution = distribution
