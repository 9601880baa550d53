from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.joint import share_out


class CoopInvestmentBuyout(models.Model):
    """An Activity leaves an investment: others take over its share, at book value.

    A manager of the leaving Activity asks; a manager of each Activity that takes over accepts,
    which reserves its part. When all have, the share moves: what it still has to depreciate is free
    again for who leaves, and held by who took over. When one refuses, nothing moves.
    """

    _name = "coop.investment.buyout"
    _description = "Buy-out of a Share"
    _inherit = ["coop.reference.mixin", "mail.activity.mixin"]
    _check_company_auto = True
    _rec_names_search = ["name", "investment_id.name", "investment_id.label", "seller_id.name"]
    _reference_letter = "U"
    _company_source = "investment_id"

    investment_id = fields.Many2one(
        "coop.investment",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    seller_id = fields.Many2one(
        "coop.activity",
        "Leaves",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    line_ids = fields.One2many("coop.investment.buyout.line", "buyout_id", "Take Over")
    price = fields.Monetary(
        "Book Value",
        readonly=True,
        copy=False,
        tracking=True,
        help="What the share had still to depreciate: when it was asked, and then when it moved.",
    )
    reason = fields.Text(help="Who is asked to take over reads it.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To Accept"),
            ("done", "Taken Over"),
            ("refused", "Refused"),
            ("cancelled", "Withdrawn"),
        ]
    )
    submitted_by_id = fields.Many2one(
        "res.partner", "Asked by", readonly=True, copy=False, ondelete="restrict"
    )
    submission_date = fields.Datetime("Asked on", readonly=True, copy=False)
    done_date = fields.Datetime("Taken over on", readonly=True, copy=False, tracking=True)
    refusal_reason = fields.Text(readonly=True, copy=False, tracking=True)

    _one_open = models.UniqueIndex(
        "(investment_id, seller_id) WHERE state = 'submitted'",
        "This share waits for an answer already: withdraw that first.",
    )
    _refused_with_reason = models.Constraint(
        "CHECK (state <> 'refused' OR COALESCE(refusal_reason, '') <> '')",
        "A refusal has a reason.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "seller_id.name", "investment_id.label")
    def _compute_display_name(self):
        for buyout in self:
            # Who shares an investment knows the others by the names of their Activities.
            known = buyout.sudo()
            parts = (known.name, known.investment_id.label, known.seller_id.name)
            buyout.display_name = " · ".join(part for part in parts if part)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {
            "price",
            "submitted_by_id",
            "submission_date",
            "done_date",
            "refusal_reason",
        }

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state == "draft":
            return locked
        return locked | {"investment_id", "seller_id", "line_ids", "reason"}

    def _get_share(self):
        """Return the share that is to move."""
        return self.investment_id._get_open_share(self.seller_id)

    def _share_out(self, share):
        """Split a share over who takes over, by their weights, to the cent.

        :return: ``{line: (cost, book value)}``, in the order in which they move
        """
        lines = self.line_ids.sorted(lambda line: line.activity_id.id)
        parts = share_out(
            share.share_amount,
            share.written_off,
            lines.mapped("weight"),
            self.currency_id.rounding,
        )
        return dict(zip(lines, parts, strict=True))

    def _check_buyers(self):
        """Refuse what could not be taken over.

        :raise UserError: nobody takes over, the seller itself does, or an Activity is not open
        """
        if not self.line_ids:
            raise UserError(self.env._("%(buyout)s: say who takes over.", buyout=self.display_name))
        for activity in self.line_ids.activity_id:
            if activity == self.seller_id:
                raise UserError(
                    self.env._("%(activity)s cannot take over from itself.", activity=activity.name)
                )
            if activity.state != "open" or not activity.active:
                raise UserError(
                    self.env._(
                        "%(activity)s is not open, so it cannot take over.", activity=activity.name
                    )
                )

    def _check_once(self):
        """Refuse to ask while others are still asked for the same share.

        :raise UserError: naming what waits
        """
        other = self.search(
            [
                ("investment_id", "=", self.investment_id.id),
                ("seller_id", "=", self.seller_id.id),
                ("state", "=", "submitted"),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                self.env._(
                    "%(buyout)s waits for an answer already: withdraw it first.",
                    buyout=other.display_name,
                )
            )
