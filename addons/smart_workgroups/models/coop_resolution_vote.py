from odoo import models
from odoo.exceptions import UserError

from ..lib.plain_text import to_text


class CoopResolution(models.Model):
    """The secret vote about a resolution is prepared from what the resolution says."""

    _inherit = "coop.resolution"

    def action_secret_vote(self):
        """Open the secret vote about this; prepare it where there is none.

        :raise UserError: it was decided on already
        """
        self.ensure_one()
        self.check_access("write")
        # Of two at once, the second is replayed and finds the vote of the first.
        self.env["coop.reference.mixin"]._bump(self)
        poll = self.env["coop.poll"].search(
            [("resolution_id", "=", self.id), ("state", "!=", "annulled")], order="id desc", limit=1
        )
        if not poll:
            self._check_state("draft")
            poll = self._make_poll()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Secret Vote"),
            "res_model": "coop.poll",
            "res_id": poll.id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _make_poll(self):
        if not self.assembly_id:
            raise UserError(
                self.env._(
                    "Choose the Assembly that decides on %(resolution)s: its roll says who votes.",
                    resolution=self.name,
                )
            )
        Poll = self.env["coop.poll"]
        poll = Poll.create(
            {
                "title": self.name,
                "kind": "resolution",
                "class_id": self.class_id.id,
                "company_id": self.company_id.id,
                "assembly_id": self.assembly_id.id,
                "resolution_id": self.id,
                **Poll._prepare_scrutineers(self.assembly_id),
            }
        )
        for lang in sorted({*poll._get_wanted_langs(), self.authentic_lang}):
            text = self.with_context(lang=lang).text
            if text:
                poll.with_context(lang=lang).text = to_text(text)
        # Last, for what is reviewed holds for all texts.
        poll._take_texts(self, {"title": "name"})
        return poll
