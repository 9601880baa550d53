from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, html2plaintext, plaintext2html


class CoopServiceRequest(models.Model):
    """What the member does with a request in the portal; the caller checks whose it is."""

    _inherit = "coop.service.request"

    def _cancel_by_member(self):
        """Cancel a request that nobody works on yet.

        :raise UserError: when somebody does
        """
        self.ensure_one()
        if self.state != "new":
            raise UserError(
                self.env._(
                    "“%(name)s” is already being handled and cannot be cancelled any more: "
                    "write a message instead.",
                    name=self.service_id.name,
                )
            )
        self.write({"state": "cancelled"})

    def _post_by_member(self, text, author):
        """Add a message; the same one sent again at once is not added twice."""
        self.ensure_one()
        # Of two equal messages at once, the second is replayed and finds the first.
        self.env.cr.execute(
            SQL("UPDATE coop_service_request SET id = id WHERE id = %s", self.id),
            log_exceptions=False,
        )
        body = plaintext2html(text)
        last = self._get_conversation()[:1]
        if last.author_id != author or html2plaintext(last.body) != html2plaintext(body):
            self.message_post(
                body=body,
                author_id=author.id,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )

    def _rate(self, score, comment):
        """Keep what the member thinks of the help, once.

        :param int score: from 1 to 5
        :raise UserError: when the request is not done, or a score was given already
        """
        self.ensure_one()
        if self.state != "done" or self.score:
            raise UserError(
                self.env._(
                    "Satisfaction with “%(name)s” can be given once, when it is done.",
                    name=self.service_id.name,
                )
            )
        self._write_decision({"score": score, "score_comment": comment or False})

    def _get_conversation(self):
        """Return the messages that the member may read, the newest first."""
        self.ensure_one()
        comment = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        return self.env["mail.message"].search(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("message_type", "in", ("comment", "email")),
                ("subtype_id", "=", comment),
                ("is_internal", "=", False),
            ],
            order="id desc",
            limit=100,
        )
