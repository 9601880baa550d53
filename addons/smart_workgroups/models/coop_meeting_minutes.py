import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.smart_membership.lib.kept_rows import keep_triggers

from ..lib.frozen_minutes import digest


class CoopMeetingMinutes(models.Model):
    """The minutes of a meeting as they were frozen; a correction is a further revision.

    The content is one text of JSON with its SHA-256, which the PDF bears; the PDF has a hash of its
    own. Rows and files are added and never changed: the ORM refuses, and so does the database.
    """

    _name = "coop.meeting.minutes"
    _description = "Frozen Minutes"
    _order = "meeting_id, revision desc"

    meeting_id = fields.Many2one(
        "coop.meeting", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    revision = fields.Integer(required=True, readonly=True)
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
    approved_meeting_id = fields.Many2one(
        "coop.meeting",
        "Approved at",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The later meeting that approved this correction.",
    )
    reason = fields.Text("What Was Corrected", readonly=True)

    _revision_once = models.UniqueIndex(
        "(meeting_id, revision)", "This revision of the minutes is frozen already."
    )
    _corrected = models.Constraint(
        "CHECK ((revision = 1) = (approved_meeting_id IS NULL) "
        "AND (revision = 1 OR COALESCE(reason, '') <> ''))",
        "A correction says what it corrects, and which meeting approved it.",
    )

    def init(self):
        """Let the database itself refuse to change or delete frozen minutes."""
        message = "Frozen minutes cannot be changed or deleted"
        self.env.cr.execute(keep_triggers("coop_meeting_minutes", self._table, message))

    @api.depends("meeting_id", "revision")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "%(meeting)s, revision %(number)s",
                meeting=one.meeting_id.display_name,
                number=one.revision,
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):  # pylint: disable=method-required-super
        self.check_access("write")
        raise self._error_frozen()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise self._error_frozen()

    def _error_frozen(self):
        return UserError(
            self.env._(
                "Frozen minutes stay as they are: a mistake is corrected by a new revision that "
                "the next meeting approves."
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

    def _get_readable_content(self):
        """Return what was frozen for a page: notes were made harmless when they were written."""
        content = self._read_content()
        for part in (content, *content["points"]):
            part["notes"] = Markup(part["notes"])
        return content

    def _get_fault(self):
        """Return what does not hold of these minutes, or None."""
        self.ensure_one()
        if digest(self.content) != self.hash:
            return self.env._("The text of %(name)s was changed.", name=self.display_name)
        if digest(self.attachment_id.raw or b"") != self.pdf_hash:
            return self.env._("The PDF of %(name)s was changed.", name=self.display_name)
        return None

    @api.model
    def _verify(self, company):
        """Return the first minutes of a company whose text or PDF was changed, and what it is.

        :return: ``(minutes, text)``, or None when all hold
        """
        # The proof is of all, whoever asks for it.
        for one in self.sudo().search([("company_id", "=", company.id)], order="id"):
            if fault := one._get_fault():
                return one.with_env(self.env), fault
        return None

    @api.model
    def _cron_verify(self):
        """Let the secretary know of minutes that were changed behind the back of Odoo."""
        for company in self.env["res.company"].search([]):
            found = self._verify(company)
            if found:
                minutes, fault = found
                # Who does not read the meetings of a committee is told at the committee.
                meeting = minutes.meeting_id
                about = meeting.body_id if meeting.is_confidential else meeting
                about.activity_schedule(
                    "mail.mail_activity_data_warning",
                    summary=fault,
                    user_id=company._get_governance_secretary().id,
                )
