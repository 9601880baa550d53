import base64
import hashlib
import math

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

MAX_BYTES = 10 * 1024 * 1024
# What the check depends on: changed, it is to be done again.
CHECKED_FIELDS = {"file", "jump", "offer_id"}
COUNTED_FIELDS = {"row_count", "error_count", "warning_count"}


class CoopSupplierPriceList(models.Model):
    """The price list of a supplier as a file, on its way into the draft of an offer.

    The check reads it, compares it with what the supplier offered before, and writes nothing but
    its own findings and differences. What it found to be right is taken over, all of it or nothing.
    """

    _name = "coop.supplier.price.list"
    _description = "Price List of a Supplier"
    _inherit = ["coop.step.mixin"]
    _order = "id desc"

    offer_id = fields.Many2one("coop.supplier.offer", required=True, index=True, ondelete="cascade")
    campaign_id = fields.Many2one(related="offer_id.campaign_id", store=True, index=True)
    company_id = fields.Many2one(related="offer_id.company_id", store=True, index=True)
    # As the user, as in the lines of offers.
    partner_id = fields.Many2one(
        related="offer_id.partner_id", related_sudo=False, store=True, index=True
    )
    is_opened = fields.Boolean(related="offer_id.is_opened", store=True, index=True)
    drafter_id = fields.Many2one(related="offer_id.drafter_id", store=True)
    offer_currency_id = fields.Many2one(related="offer_id.offer_currency_id")
    state = fields.Selection([("draft", "Draft"), ("checked", "Checked"), ("taken", "Taken Over")])
    file = fields.Binary(attachment=True, copy=False, help="CSV or XLSX, at most 10 MB.")
    file_name = fields.Char(copy=False)
    file_hash = fields.Char("SHA-256 of the File", readonly=True, copy=False)
    jump = fields.Float(
        "Flag Changes From (%)",
        default=20.0,
        help="A price that changes by more is flagged: often it is a typing error.",
    )
    checked_at = fields.Datetime("Checked on", readonly=True, copy=False)
    row_count = fields.Integer("Rows", readonly=True, copy=False)
    error_count = fields.Integer("To Correct", readonly=True, copy=False)
    warning_count = fields.Integer("To Look at", readonly=True, copy=False)
    finding_ids = fields.One2many(
        "coop.supplier.price.list.finding", "price_list_id", "Findings", readonly=True
    )
    line_ids = fields.One2many(
        "coop.supplier.price.list.line", "price_list_id", "Differences", readonly=True
    )

    _jump_positive = models.Constraint(
        "CHECK(jump > 0 AND jump < 1e6)", "Flag changes from more than 0 %."
    )

    @api.depends("partner_id", "file_name", "is_opened", "drafter_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for record in self:
            supplier = record.offer_id._get_known_supplier()
            names = filter(None, (supplier.name, record.file_name))
            record.display_name = ": ".join(names)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._clean(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._clean(vals)
        again = self.filtered(lambda record: record.state == "checked")
        result = super().write(vals)
        if again and CHECKED_FIELDS & vals.keys():
            again._clear_check()
            again._write_decision({"state": "draft", "checked_at": False})
        return result

    @api.model
    def _clean(self, vals):
        """Take the hash of the file; refuse what is none."""
        vals.pop("file_hash", None)
        if not math.isfinite(vals.get("jump") or 0.0):
            raise ValidationError(self.env._("Flag changes from a percentage, for example 20."))
        if "file" not in vals:
            return
        try:
            content = base64.b64decode(vals["file"] or b"")
        except ValueError:
            raise ValidationError(self.env._("The file did not arrive: add it again.")) from None
        if len(content) > MAX_BYTES:
            raise ValidationError(self.env._("The file is larger than 10 MB: it is no price list."))
        vals["file_hash"] = hashlib.sha256(content).hexdigest() if content else False

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_check(self):
        """Read the file and tell what would change; nothing is taken over.

        :raise UserError: the offer is handed in, or there is no file
        """
        self.check_access("write")
        for record in self:
            record._check_draft()
            record._check_state("draft", "checked")
            record._check()
        return True

    def action_take(self):
        """Check the file once more, and take its prices over: all of them, or none.

        :raise UserError: it was not checked, or something is to be corrected
        """
        self.check_access("write")
        for record in self:
            record.offer_id._take_turn()
            record._check_draft()
            record._check_state("checked")
            record._take()
        return True

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_draft(self):
        self.offer_id._check_state("draft")
        if not self.file:
            raise UserError(
                self.env._(
                    "Add the price list of %(supplier)s, as CSV or XLSX.",
                    supplier=self.partner_id.name,
                )
            )

    def _clear_check(self):
        # The check writes its own findings; nobody does by hand.
        self.sudo().line_ids.unlink()
        self.sudo().finding_ids.unlink()

    def _decided_fields(self):
        return super()._decided_fields() | COUNTED_FIELDS | {"checked_at"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        return locked | CHECKED_FIELDS | {"file_name"} if self.state == "taken" else locked
