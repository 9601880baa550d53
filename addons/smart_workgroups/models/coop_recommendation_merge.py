from odoo import fields, models
from odoo.exceptions import UserError

from .coop_recommendation import WAITING


class CoopRecommendation(models.Model):
    """What is merged into another, or split into several, stays and can be traced."""

    _inherit = "coop.recommendation"

    merged_into_id = fields.Many2one(
        "coop.recommendation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )

    def action_merge(self):
        """Open the dialogue in which one says into which other these go."""
        self.check_access("write")
        self._check_state("draft", *WAITING)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge into Another"),
            "res_model": "coop.recommendation.merge",
            "view_mode": "form",
            "target": "new",
            "context": {"default_source_ids": self.ids},
        }

    def _merge_into(self, target):
        """Hand these over to another one, which gets their authors and supporters.

        :raise UserError: one of them is answered or withdrawn, or a circle would close
        """
        (self | target)._take_turn()
        self._check_state("draft", *WAITING)
        target._check_state("draft", *WAITING)
        for source in self.sorted("id"):
            if source.company_id != target.company_id:
                raise UserError(
                    self.env._(
                        "%(origin)s and %(target)s are of two co-operatives: choose another one.",
                        origin=source.display_name,
                        target=target.display_name,
                    )
                )
            source._hand_over(target, "merged")
            source._write_decision({"state": "withdrawn", "merged_into_id": target.id})
            # Who wrote or supported it is told what becomes of the other: no text changes.
            target._write_decision(
                {
                    "author_ids": [fields.Command.link(one.id) for one in source.author_ids],
                    "supporter_ids": [fields.Command.link(one.id) for one in source.supporter_ids],
                }
            )

    def _split(self, titles):
        """Make a draft of each title with this text; this one is withdrawn.

        :return: the new drafts
        """
        self.ensure_one()
        self._take_turn()
        self._check_state("draft", *WAITING)
        if len(titles) < 2:
            raise UserError(
                self.env._(
                    "Give at least two titles to split %s, each on its own line.", self.display_name
                )
            )
        parts = self.create(
            [
                {
                    "name": title,
                    "text": self.text,
                    "lang": self.lang,
                    "company_id": self.company_id.id,
                    "workgroup_id": self.workgroup_id.id,
                    "author_ids": [fields.Command.set(self.author_ids.ids)],
                }
                for title in titles
            ]
        )
        for part in parts:
            self._hand_over(part, "split")
        self._write_decision({"state": "withdrawn"})
        return parts
