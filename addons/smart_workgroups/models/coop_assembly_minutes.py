import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.smart_membership.lib.kept_rows import keep_triggers

from ..lib.frozen_minutes import digest


class CoopAssemblyMinutes(models.Model):
    """The minutes of an Assembly as they were frozen: JSON and PDF, each with its SHA-256.

    They are added once and never changed: the ORM refuses, and so does the database.
    """

    _name = "coop.assembly.minutes"
    _description = "Frozen Minutes of an Assembly"
    _order = "id desc"
    _rec_name = "assembly_id"

    assembly_id = fields.Many2one(
        "coop.assembly", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    content = fields.Text(required=True, readonly=True, help="All that is frozen, as JSON.")
    hash = fields.Char(required=True, readonly=True, help="SHA-256 of the content.")
    attachment_id = fields.Many2one(
        "ir.attachment", "PDF", required=True, readonly=True, ondelete="restrict"
    )
    pdf_hash = fields.Char("Hash of the PDF", required=True, readonly=True)
    frozen_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", "Frozen by", required=True, readonly=True, ondelete="restrict"
    )

    _once = models.UniqueIndex("(assembly_id)", "The minutes of this Assembly are frozen already.")

    def init(self):
        """Let the database itself refuse to change or delete frozen minutes."""
        message = "Frozen minutes cannot be changed or deleted"
        self.env.cr.execute(keep_triggers("coop_assembly_minutes", self._table, message))

    def write(self, vals):  # pylint: disable=method-required-super
        self.check_access("write")
        raise self._error_frozen()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise self._error_frozen()

    def _error_frozen(self):
        return UserError(
            self.env._(
                "Frozen minutes of an Assembly stay as they are: a mistake is put right by the "
                "next Assembly, in its own minutes."
            )
        )

    def action_download(self):
        """Open the PDF as it was frozen."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=1",
            "target": "new",
        }

    def _get_readable_content(self):
        """Return what was frozen for a page: notes were made harmless when they were written."""
        self.ensure_one()
        content = json.loads(self.content)
        for part in (content, *content["points"]):
            part["notes"] = Markup(part["notes"])
        return content

    @api.model
    def _verify(self, company):
        """Return the first minutes of a company whose text or PDF was changed, and what it is.

        :return: ``(minutes, text)``, or None when all hold
        """
        # The proof is of all, whoever asks for it.
        for one in self.sudo().search([("company_id", "=", company.id)], order="id"):
            if digest(one.content) != one.hash:
                return one, self.env._("The text of %(name)s was changed.", name=one.display_name)
            if digest(one.attachment_id.raw or b"") != one.pdf_hash:
                return one, self.env._("The PDF of %(name)s was changed.", name=one.display_name)
        return None
