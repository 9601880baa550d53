from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.coop_membership_request_accept import DETAILS


class CoopMembershipRequestAccept(models.TransientModel):
    """Say who a candidate is: somebody new, or somebody who is known already."""

    _name = "coop.membership.request.accept"
    _description = "Accept Membership Request"

    request_id = fields.Many2one("coop.membership.request", required=True, readonly=True)
    known_partner_ids = fields.Many2many(
        "res.partner",
        string="May Be the Same As",
        related="request_id.duplicate_partner_ids",
    )
    same = fields.Selection(
        [("same", "The same person as…"), ("new", "Somebody new")],
        string="This Is",
        default="same",
        required=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Contact",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', known_partner_ids)]",
    )
    line_ids = fields.One2many(
        "coop.membership.request.accept.line",
        "wizard_id",
        "Details That Differ",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("request_id", "same")
    def _compute_partner_id(self):
        for wizard in self:
            known = wizard.request_id.duplicate_partner_ids
            wizard.partner_id = known[:1] if wizard.same == "same" else False

    @api.depends("partner_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [
                Command.create(vals) for vals in wizard._prepare_lines()
            ]

    def _prepare_lines(self):
        """Return what the candidate filled in and the contact has otherwise."""
        if not self.partner_id:
            return []
        values = self.request_id._prepare_partner()
        lines = []
        for name in DETAILS:
            if name not in values:
                continue
            field = self.partner_id._fields[name]
            asked = field.convert_to_record(
                field.convert_to_cache(values[name], self.partner_id), self.partner_id
            )
            if self.partner_id[name] != asked:
                lines.append(
                    {
                        "field_name": name,
                        "label": field._description_string(self.env),
                        "known_value": self._text(self.partner_id[name]),
                        "asked_value": self._text(asked),
                    }
                )
        return lines

    def _text(self, value):
        if isinstance(value, models.BaseModel):
            return value.display_name
        return str(value or "")

    def action_accept(self):
        """Accept as chosen; only the details that are ticked are copied."""
        self.ensure_one()
        self.request_id.check_access("write")
        if self.same == "same" and self.partner_id not in self.request_id.duplicate_partner_ids:
            raise UserError(self.env._("Choose the contact that the candidate is."))
        ticked = self.line_ids.filtered("copy_value").mapped("field_name")
        partner = self.partner_id if self.same == "same" else self.env["res.partner"]
        self.request_id._accept(partner, [name for name in ticked if name in DETAILS])
        return {"type": "ir.actions.act_window_close"}
