from odoo import api, fields, models


class CoopDocument(models.Model):
    """A document of a workgroup, of which each version stays."""

    _name = "coop.document"
    _description = "Document of a Workgroup"
    _inherit = ["mail.thread"]
    _order = "write_date desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    workgroup_id = fields.Many2one(
        "coop.workgroup", required=True, index=True, check_company=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="workgroup_id.company_id", store=True, index=True)
    active = fields.Boolean(default=True)
    description = fields.Char(help="What it is for, in one sentence.")
    version_ids = fields.One2many("coop.document.version", "document_id", "Versions")
    version_id = fields.Many2one("coop.document.version", "Latest", compute="_compute_version_id")
    version_count = fields.Integer("Number of Versions", compute="_compute_version_id")
    # What is dropped here becomes the next version.
    file = fields.Binary(
        "New Version", compute="_compute_file", inverse="_inverse_file", attachment=False
    )
    filename = fields.Char(compute="_compute_file", inverse="_inverse_file")
    version_note = fields.Char("What Changed", compute="_compute_file", inverse="_inverse_file")

    @api.depends("version_ids")
    def _compute_version_id(self):
        for document in self:
            document.version_id = document.version_ids.sorted("number")[-1:]
            document.version_count = len(document.version_ids)

    def _compute_file(self):
        self.update({"file": False, "filename": False, "version_note": False})

    def _inverse_file(self):
        """Add what was dropped as a version; the three fields are written together."""
        for document in self:
            if document.file:
                self.env["coop.document.version"]._add(
                    document, document.filename, document.file, document.version_note
                )
