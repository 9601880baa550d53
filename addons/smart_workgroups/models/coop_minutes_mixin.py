import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.smart_membership.lib.kept_rows import keep_triggers

from ..lib.frozen_minutes import digest, without_seal


class CoopMinutesMixin(models.AbstractModel):
    """Minutes as they were frozen; a correction is a further revision that takes their place.

    The content is one text of JSON with its SHA-256, which the PDF bears; the PDF has a hash of its
    own. Each revision names the hash of the one before. Rows and files are added and never changed:
    the ORM refuses, and so does the database.
    """

    _name = "coop.minutes.mixin"
    _description = "Frozen Minutes"
    _inherit = ["coop.kept.mixin", "coop.verified.mixin"]
    # The field of what has these minutes.
    _minutes_of = None

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    revision = fields.Integer(required=True, readonly=True, aggregator=None)
    content = fields.Text(required=True, readonly=True, help="All that is frozen, as JSON.")
    hash = fields.Char(required=True, readonly=True, help="SHA-256 of the content.")
    attachment_id = fields.Many2one(
        "ir.attachment", "PDF", required=True, readonly=True, ondelete="restrict"
    )
    pdf_hash = fields.Char("Hash of the PDF", required=True, readonly=True)
    frozen_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        "Frozen by",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    reason = fields.Text("What Was Corrected", readonly=True)
    superseded = fields.Boolean(
        compute="_compute_superseded",
        compute_sudo=True,
        help="A later revision corrects this one and holds in its place; both are kept.",
    )

    def init(self):
        """Let the database itself refuse to change or delete frozen minutes."""
        if not self._abstract:
            message = "Frozen minutes cannot be changed or deleted"
            self.env.cr.execute(keep_triggers(self._table, self._table, message))

    @api.depends(lambda self: [self._minutes_of, "revision"] if self._minutes_of else [])
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "%(meeting)s, revision %(number)s",
                meeting=one[self._minutes_of].display_name,
                number=one.revision,
            )

    @api.depends(lambda self: [f"{self._minutes_of}.minutes_revision"] if self._minutes_of else [])
    def _compute_superseded(self):
        for one in self:
            one.superseded = one.revision < one[self._minutes_of].minutes_revision

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def _error_kept(self):
        return UserError(
            self.env._(
                "Frozen minutes stay as they are: press Correct the Minutes, which adds a new "
                "revision and keeps this one."
            )
        )

    # ------------------------------------------------------------------
    # Actions and helpers
    # ------------------------------------------------------------------

    def action_download(self):
        """Open the PDF as it was frozen."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=1",
            "target": "new",
        }

    def _read_content(self):
        """Return what was frozen."""
        self.ensure_one()
        return json.loads(self.content)

    def _read_own_content(self):
        """Return what was frozen of the meeting, without what the freezing added."""
        return without_seal(self._read_content())

    def _get_readable_content(self):
        """Return what was frozen for a page: notes were made harmless when they were written."""
        content = self._read_content()
        for part in (content, *content["points"]):
            part["notes"] = Markup(part["notes"])
        return content

    # ------------------------------------------------------------------
    # The proof that nobody changed them
    # ------------------------------------------------------------------

    def _get_fault(self, before=None):
        """Return what does not hold of these minutes, or None.

        :param before: the revision that these take the place of
        """
        self.ensure_one()
        if digest(self.content) != self.hash:
            return self.env._("The text of %(name)s was changed.", name=self.display_name)
        if digest(self.attachment_id.raw or b"") != self.pdf_hash:
            return self.env._("The PDF of %(name)s was changed.", name=self.display_name)
        content = self._read_content()
        number, link = (before.revision + 1, before.hash) if before else (1, "")
        if {self.revision, content["revision"]} != {number} or content["previous_hash"] != link:
            return self.env._(
                "%(name)s does not follow the revision before it.", name=self.display_name
            )
        return None

    @api.model
    def _verify(self, company):
        """Return the first minutes of a company that do not hold, and what it is.

        :return: ``(record, text)``, or None when all hold; where minutes are gone, the record is
            what they were of
        """
        own = [("company_id", "=", company.id)]
        # The proof is of all, whoever asks for it.
        rows = self.sudo().search(own, order=f"{self._minutes_of}, revision")
        revisions = rows.grouped(self._minutes_of)
        for series in revisions.values():
            before = None
            for one in series:
                if fault := one._get_fault(before):
                    return one.with_env(self.env), fault
                before = one
        minuted = self.env[self._fields[self._minutes_of].comodel_name].sudo()
        for record in minuted.search([*own, ("minutes_revision", ">", 0)], order="id"):
            if len(revisions.get(record, ())) != record.minutes_revision:
                fault = self.env._(
                    "Revision %(number)s of the minutes of %(name)s is missing.",
                    number=record.minutes_revision,
                    name=record.display_name,
                )
                return record.with_env(self.env), fault
        return None

    def _get_warned(self):
        return self[self._minutes_of]._get_warned()
