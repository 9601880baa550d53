from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..lib.frozen_minutes import canonical, digest, printable, with_seal


class CoopMinutedMixin(models.AbstractModel):
    """What has minutes: they are frozen as one text with its hash and a PDF, and corrected so too.

    Whoever inherits this steps by ``coop.step.mixin``, has the minutes in ``minutes_ids``, a
    template for their PDF, and says what they say in ``_get_minutes_content``.
    """

    _name = "coop.minuted.mixin"
    _description = "With Minutes That Are Frozen"
    # The template of the PDF, and what in the content is rich text besides notes.
    _minutes_template = None
    _minutes_rich = ("notes",)

    minutes_revision = fields.Integer("Minutes in Force", readonly=True, copy=False)

    def action_correct(self):
        """Open the dialogue in which frozen minutes are corrected: by a further revision."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("closed")
        return {
            "name": self.env._("Correct the Minutes"),
            "type": "ir.actions.act_window",
            "res_model": f"{self._name}.correction",
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{self._get_minutes_model()._minutes_of}": self.id},
        }

    def _decided_fields(self):
        return super()._decided_fields() | {"minutes_revision"}

    def _get_minutes_content(self):
        """Return what the minutes say, as it is written down now."""
        raise NotImplementedError

    def _get_minutes_day(self):
        """Return the day of which these are the minutes, for the name of the file."""
        raise NotImplementedError

    def _get_minutes_model(self):
        return self.env[self._fields["minutes_ids"].comodel_name]

    def _get_minutes_in_force(self):
        """Return the latest revision of the minutes."""
        return self.minutes_ids.sorted("revision", reverse=True)[:1]

    def _get_warned(self):
        """Return where the secretary is told that the minutes do not hold."""
        return self

    # ------------------------------------------------------------------
    # Freezing
    # ------------------------------------------------------------------

    def _freeze_minutes(self, content, reason=None, **values):
        """Add a revision of the minutes with its hash and its PDF.

        :param dict content: of ``_get_minutes_content``
        :param str reason: what a correction corrects
        :param values: what else the minutes note about a correction
        :return: the minutes, with superuser rights
        """
        self.ensure_one()
        last = self._get_minutes_in_force()
        now = fields.Datetime.now()
        sealed = with_seal(
            content,
            revision=last.revision + 1,
            previous_hash=last.hash or "",
            reason=reason or "",
            author=self.env.user.name,
            frozen_on=fields.Datetime.to_string(now),
        )
        text = canonical(sealed)
        pdf = self._print_minutes(sealed, digest(text))
        minutes = (
            # Nobody has the right to add minutes or their files: freezing does.
            self._get_minutes_model()
            .sudo()
            .create(
                {
                    self._get_minutes_model()._minutes_of: self.id,
                    "company_id": self.company_id.id,
                    "revision": sealed["revision"],
                    "content": text,
                    "hash": digest(text),
                    "attachment_id": self._add_minutes_file(pdf, sealed["revision"]).id,
                    "pdf_hash": digest(pdf),
                    "frozen_on": now,
                    "user_id": self.env.uid,
                    "reason": reason,
                    **values,
                }
            )
        )
        self._write_decision({"minutes_revision": sealed["revision"]})
        return minutes

    def _add_minutes_file(self, pdf, revision):
        day = fields.Date.to_string(self._get_minutes_day())
        # As above.
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"minutes-{day}-{revision}.pdf",
                    "raw": pdf,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )

    def _print_minutes(self, content, fingerprint):
        """Return the minutes as a PDF, made without any file of the server."""
        html = self.env["ir.qweb"]._render(
            self._minutes_template,
            {
                "content": self._get_printable(content),
                "fingerprint": fingerprint,
                "language": (self.env.lang or "en_US").replace("_", "-"),
                "corrected_on": format_datetime(
                    self.env, content["frozen_on"], tz=self._get_zone()
                ),
            },
        )
        pdf = (
            # Printing is part of freezing, which was checked.
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

    def _get_printable(self, content):
        """Return the content with its rich texts as they are printed."""

        def ready(part):
            rich = {name: part[name] for name in self._minutes_rich if name in part}
            return part | {name: Markup(printable(text)) for name, text in rich.items()}

        return ready(content) | {"points": [ready(point) for point in content["points"]]}
