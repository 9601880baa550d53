from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from odoo.addons.smart_membership.lib.selection_order import in_order


class CoopEditionTheme(models.Model):
    """What a member proposes to work on; each gets an answer."""

    _name = "coop.edition.theme"
    _description = "Theme of an Edition"
    _inherit = ["coop.handed.in.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _handed_to = "edition_id"

    name = fields.Char("Theme", required=True, translate=True, tracking=True)
    edition_id = fields.Many2one(
        "coop.edition", required=True, index=True, ondelete="restrict", check_company=True
    )
    description = fields.Text("Why", translate=True)
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("chosen", "Chosen"),
            ("merged", "Merged"),
            ("declined", "Declined"),
        ],
        default="proposed",
        group_expand=in_order("state"),
    )
    merged_into_id = fields.Many2one(
        "coop.edition.theme",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('edition_id', '=', edition_id), ('id', '!=', id), ('state', '!=', 'merged')]",
    )
    answer = fields.Text(tracking=True, help="Why; who proposed the theme reads it.")
    workgroup_id = fields.Many2one(
        "coop.workgroup",
        index="btree_not_null",
        check_company=True,
        ondelete="set null",
        domain="[('edition_id', '=', edition_id)]",
    )

    _answered = models.Constraint(
        "CHECK (state <> 'declined' OR COALESCE(answer, '') <> '')",
        "Say why a theme is declined: who proposed it reads that.",
    )
    _merged = models.Constraint(
        "CHECK ((state = 'merged') <= (merged_into_id IS NOT NULL) "
        "AND (merged_into_id IS NULL OR merged_into_id <> id))",
        "Choose into which other theme this one is merged.",
    )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_choose(self):
        """Answer that a workgroup will work on these."""
        return self._answer("chosen")

    def action_decline(self):
        """Answer that nobody will work on these now.

        :raise UserError: without a reason
        """
        for theme in self:
            if not theme.answer:
                raise UserError(
                    self.env._(
                        "Fill in the answer to “%(theme)s” before: who proposed it reads why.",
                        theme=theme.name,
                    )
                )
        return self._answer("declined")

    def action_merge(self):
        """Answer that another theme holds this one.

        :raise UserError: no other theme is chosen, or it leads back to this one
        """
        self.check_access("write")
        for theme in self:
            target = theme.merged_into_id
            if not target or target.edition_id != theme.edition_id or target.state == "merged":
                raise UserError(
                    self.env._(
                        "Choose into which theme of the same edition “%(theme)s” is merged, one "
                        "that is not merged itself.",
                        theme=theme.name,
                    )
                )
            if self.search_count([("merged_into_id", "=", theme.id), ("state", "=", "merged")]):
                raise UserError(
                    self.env._(
                        "Other themes are merged into “%(theme)s”: merge them elsewhere before.",
                        theme=theme.name,
                    )
                )
        return self._answer("merged")

    def action_reopen(self):
        """Take an answer back."""
        self.check_access("write")
        self._check_state("chosen", "merged", "declined")
        self._write_decision({"state": "proposed"})
        return True

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _check_handing_in(self, call):
        if call.state != "call":
            raise UserError(
                self.env._(
                    "The call for themes of %(edition)s is over: look for a workgroup that comes "
                    "close, and bring your idea there.",
                    edition=call.display_name,
                )
            )

    def _answer(self, state):
        self.check_access("write")
        self._check_state("proposed")
        self._write_decision({"state": state})
        for theme in self:
            theme._tell_answer()
        return True

    def _tell_answer(self):
        """Tell who proposed this what became of it."""
        person = self.submitted_by_id
        theme = self.with_context(lang=person.lang)
        said = {
            "chosen": theme.env._("A workgroup will work on “%(theme)s”.", theme=self.name),
            "merged": theme.env._(
                "“%(theme)s” is now part of “%(other)s”.",
                theme=self.name,
                other=self.merged_into_id.name,
            ),
            "declined": theme.env._("“%(theme)s” is not chosen this time.", theme=self.name),
        }[self.state]
        theme.message_notify(
            partner_ids=person.ids,
            subject=theme.env._("Your theme: %(theme)s", theme=self.name),
            body=plaintext2html(f"{said}\n{self.answer or ''}".strip()),
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state != "proposed":
            # What was answered is what was proposed.
            locked |= {"name", "description", "merged_into_id"}
        return locked

    def _get_member_url(self):
        return f"/my/editions/{self.edition_id.id}"
