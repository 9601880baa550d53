from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..lib.frozen_minutes import canonical, digest, printable


class CoopMeeting(models.Model):
    """How minutes are frozen: what was noted becomes one text, its hash, and a PDF."""

    _inherit = "coop.meeting"

    def _get_minutes_content(self):
        """Return what the minutes of this meeting say, as it is written down now."""
        self.ensure_one()
        return {
            "meeting": self.name,
            "group": self._get_group().name,
            "company": self.company_id.name,
            "begins": fields.Datetime.to_string(self.date_start),
            "when": format_datetime(
                self.env, self.date_start, tz=self._get_zone(), dt_format="full"
            ),
            "place": self._get_place(),
            "people": [
                {"name": one.partner_id.name, "presence": one.state, "remote": one.remote}
                for one in self.presence_ids
            ],
            "points": [
                {
                    "name": point.name,
                    "notes": str(point.notes or ""),
                    "outcome": point.outcome or "",
                    "decision": point.decision or "",
                }
                for point in self.point_ids
            ],
            "notes": str(self.notes or ""),
        }

    def _freeze_minutes(self, content, approved_meeting=None, reason=None):
        """Add a revision of the minutes with its hash and its PDF.

        :param dict content: of ``_get_minutes_content``
        :param approved_meeting: which approved a correction
        :return: the ``coop.meeting.minutes``, with superuser rights
        """
        self.ensure_one()
        revision = max(self.minutes_ids.mapped("revision"), default=0) + 1
        text = canonical(content | {"revision": revision, "reason": reason or ""})
        pdf = self._print_minutes(content, revision, digest(text), approved_meeting, reason)
        # Nobody has the right to add minutes or their files: freezing does.
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{self._get_minutes_name()}-{revision}.pdf",
                    "raw": pdf,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )
        return (
            self.env["coop.meeting.minutes"]
            .sudo()
            .create(
                {
                    "meeting_id": self.id,
                    "company_id": self.company_id.id,
                    "revision": revision,
                    "content": text,
                    "hash": digest(text),
                    "attachment_id": attachment.id,
                    "pdf_hash": digest(pdf),
                    "user_id": self.env.uid,
                    "approved_meeting_id": approved_meeting.id if approved_meeting else False,
                    "reason": reason,
                }
            )
        )

    def _print_minutes(self, content, revision, fingerprint, approved_meeting, reason):
        """Return the minutes as a PDF, made without any file of the server."""
        readable = content | {
            "notes": Markup(printable(content["notes"])),
            "points": [
                point | {"notes": Markup(printable(point["notes"]))} for point in content["points"]
            ],
        }
        html = self.env["ir.qweb"]._render(
            "smart_workgroups.report_minutes",
            {
                "content": readable,
                "revision": revision,
                "fingerprint": fingerprint,
                "approved_meeting": approved_meeting,
                "reason": reason,
                "language": (self.env.lang or "en_US").replace("_", "-"),
            },
        )
        pdf = (
            self.env["ir.actions.report"]
            .sudo()
            ._run_wkhtmltopdf(
                [str(html)],
                specific_paperformat_args={
                    "data-report-margin-top": 15,
                    "data-report-header-spacing": 0,
                },
            )
        )
        if not pdf:
            raise UserError(
                self.env._(
                    "The minutes of %(meeting)s cannot be printed: ask an administrator to install "
                    "wkhtmltopdf.",
                    meeting=self.display_name,
                )
            )
        return pdf

    def _get_minutes_name(self):
        return f"minutes-{fields.Date.to_string(self._get_local_day())}"
