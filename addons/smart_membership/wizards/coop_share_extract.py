import base64

from odoo import fields, models

from ..lib.table_file import xlsx_book


class CoopShareExtract(models.TransientModel):
    """An extract of the register of shares on a day: of all holders, or of one."""

    _name = "coop.share.extract"
    _description = "Extract of the Register of Shares"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, readonly=True
    )
    date = fields.Date("On", required=True, default=fields.Date.context_today)
    partner_id = fields.Many2one("res.partner", "Holder", help="Leave empty for all holders.")
    with_movements = fields.Boolean("With all movements", default=True)
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)

    def action_pdf(self):
        """Print the extract."""
        self.ensure_one()
        return self.env.ref("smart_membership.action_report_share_extract").report_action(self)

    def action_xlsx(self):
        """Download the extract as a spreadsheet: classes, holders, movements."""
        self.ensure_one()
        self.file = base64.b64encode(self._make_xlsx())
        self.file_name = f"register-{self.date}.xlsx"
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{self.file_name}?download=true",
            "target": "self",
        }

    # ------------------------------------------------------------------
    # Content
    # ------------------------------------------------------------------

    def _get_holders(self):
        """Return the rows of the holders, as ``coop.share.movement._holders_at``."""
        return self.env["coop.share.movement"]._holders_at(
            self.date, self.company_id, self.partner_id or None
        )

    def _get_classes(self, holders):
        """Return a list of ``(share class, its holders, their number, shares, paid up)``."""
        totals = self.env["coop.share.movement"]._class_totals(holders)
        classes = self.env["coop.share.class"].with_context(active_test=False).browse(totals)
        return [
            (one, [row for row in holders if row.class_id == one.id], *totals[one.id])
            for one in classes.sorted("code")
        ]

    def _get_movements(self):
        if not self.with_movements:
            return self.env["coop.share.movement"]
        return self.env["coop.share.movement"]._movements_until(
            self.date, self.company_id, self.partner_id or None
        )

    def _make_xlsx(self):
        holders = self._get_holders()
        classes = self._get_classes(holders)
        code_by_class = {one.id: one.code for one, *_rest in classes}
        tables = [
            (
                self.env._("Classes"),
                [
                    self.env._("Class"),
                    self.env._("Name"),
                    self.env._("Holders"),
                    self.env._("Shares"),
                    self.env._("Paid Up"),
                    self.env._("Restrictions"),
                ],
                [
                    (one.code, one.name, count, quantity, paid_up, one.restrictions)
                    for one, _rows, count, quantity, paid_up in classes
                ],
            ),
            (
                self.env._("Holders"),
                [
                    self.env._("Class"),
                    self.env._("Member Number"),
                    self.env._("Name"),
                    self.env._("Domicile or Seat"),
                    self.env._("Company Number"),
                    self.env._("Shares"),
                    self.env._("Paid Up"),
                ],
                [
                    (
                        code_by_class[row.class_id],
                        row.member_number,
                        row.name,
                        row.domicile,
                        row.registry,
                        row.quantity,
                        row.paid_up,
                    )
                    for row in holders
                ],
            ),
        ]
        if self.with_movements:
            tables.append(self._make_movement_table())
        return xlsx_book(tables)

    def _make_movement_table(self):
        kinds = dict(
            self.env["coop.share.movement"]._fields["kind"]._description_selection(self.env)
        )
        headers = [
            self.env._("Number"),
            self.env._("Date"),
            self.env._("Kind"),
            self.env._("Class"),
            self.env._("From"),
            self.env._("To"),
            self.env._("Shares"),
            self.env._("Price"),
            self.env._("Paid Up"),
            self.env._("Origin"),
            self.env._("Hash"),
        ]
        rows = [
            (
                movement.number,
                movement.date,
                kinds[movement.kind],
                movement.share_class_id.code,
                movement.partner_from_id.name,
                movement.partner_to_id.name,
                movement.quantity,
                movement.unit_price,
                movement.paid_up,
                movement.origin,
                movement.hash,
            )
            for movement in self._get_movements()
        ]
        return (self.env._("Movements"), headers, rows)
