from odoo import api, fields, models


class CoopAssemblyMove(models.TransientModel):
    """Asks when and where an Assembly is held instead, and why; members are convoked anew."""

    _name = "coop.assembly.move"
    _description = "Move an Assembly"

    assembly_id = fields.Many2one("coop.assembly", required=True, ondelete="cascade")
    date_start = fields.Datetime(
        "Begins",
        required=True,
        compute="_compute_values",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_stop = fields.Datetime(
        "Ends", compute="_compute_values", store=True, readonly=False, precompute=True
    )
    place = fields.Char(compute="_compute_values", store=True, readonly=False, precompute=True)
    url = fields.Char(
        "Video Call", compute="_compute_values", store=True, readonly=False, precompute=True
    )
    reason = fields.Text(required=True)

    @api.depends("assembly_id")
    def _compute_values(self):
        for one in self:
            for name in ("date_start", "date_stop", "place", "url"):
                one[name] = one.assembly_id[name]

    def action_move(self):
        """Convoke anew: the roll is frozen and sent again, the first convocation stays as trail."""
        self.ensure_one()
        length = self.assembly_id.date_stop - self.assembly_id.date_start
        stop = self.date_stop
        if not stop or stop <= self.date_start:
            stop = self.date_start + length
        self.assembly_id._move(
            {
                "date_start": self.date_start,
                "date_stop": stop,
                "place": self.place,
                "url": self.url,
            },
            self.reason,
        )
        return {"type": "ir.actions.act_window_close"}
