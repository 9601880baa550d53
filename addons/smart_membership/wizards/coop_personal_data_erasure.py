from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class CoopPersonalDataErasure(models.TransientModel):
    """Shows what an erasure does with the data of a person, asks for the reason, and does it."""

    _name = "coop.personal.data.erasure"
    _description = "Erase Personal Data"

    partner_id = fields.Many2one("res.partner", "Contact", required=True, readonly=True)
    request_date = fields.Date("Asked on", required=True, default=fields.Date.context_today)
    reason = fields.Char(
        required=True, help="Kept in the log: write no name and no detail of the person."
    )
    obstacles = fields.Text(compute="_compute_obstacles")
    line_ids = fields.One2many(
        "coop.personal.data.erasure.line",
        "erasure_id",
        "What Happens",
        compute="_compute_line_ids",
        store=True,
    )
    confirmed = fields.Boolean("I understand that nobody can undo this")

    @api.depends("partner_id")
    def _compute_obstacles(self):
        Data = self.env["coop.personal.data"]
        for erasure in self:
            Data._check_manager(erasure.partner_id)
            erasure.obstacles = "\n".join(Data._get_obstacles(erasure.partner_id))

    @api.depends("partner_id")
    def _compute_line_ids(self):
        Data = self.env["coop.personal.data"]
        for erasure in self:
            Data._check_manager(erasure.partner_id)
            erasure.line_ids = [Command.clear()] + [
                Command.create({"what": what, "count": count, "action": action, "why": why})
                for what, count, action, why in Data._preview(erasure.partner_id)
            ]

    def action_erase(self):
        """Erase the person, for ever.

        :raise AccessError: for who is no membership manager
        :raise UserError: something must be settled first, or nobody confirmed
        """
        self.ensure_one()
        Data = self.env["coop.personal.data"]
        Data._check_manager(self.partner_id)
        if not self.confirmed:
            raise UserError(
                self.env._("An erasure cannot be undone: tick that you understand, then erase.")
            )
        if not self.reason.strip():
            raise UserError(self.env._("Fill in why: the log keeps it."))
        if self.request_date > fields.Date.context_today(self):
            raise UserError(self.env._("The day on which it was asked is not in the future."))
        log = Data._erase(self.partner_id, self.reason.strip(), self.request_date)
        return {
            "name": self.env._("Erasure"),
            "type": "ir.actions.act_window",
            "res_model": log._name,
            "res_id": log.id,
            "view_mode": "form",
        }
