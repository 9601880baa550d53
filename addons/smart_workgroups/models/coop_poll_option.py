from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopPollOption(models.Model):
    """What can be marked: an answer or a candidate, numbered when the vote is frozen."""

    _name = "coop.poll.option"
    _description = "Option of a Vote"
    _inherit = ["coop.translated.mixin"]
    _order = "number, sequence, id"
    _check_company_auto = True

    poll_id = fields.Many2one("coop.poll", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="poll_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    text = fields.Text("About", translate=True, help="What the voters read about the candidate.")
    partner_id = fields.Many2one(
        "res.partner", "Candidate", index="btree_not_null", ondelete="restrict"
    )
    category = fields.Selection(
        [("user", "Autonomous workers"), ("staff", "Permanent staff"), ("partner", "Partners")],
        help="Of the candidate, where seats belong to a category.",
    )
    number = fields.Integer(readonly=True, copy=False)

    _candidate_once = models.UniqueIndex(
        "(poll_id, partner_id) WHERE partner_id IS NOT NULL", "A candidate stands once in a vote."
    )

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        if self.partner_id:
            self.name = self.partner_id.name

    @api.model_create_multi
    def create(self, vals_list):
        """Options are made while the vote is prepared."""
        options = super().create(vals_list)
        self._check_draft(options.poll_id)
        return options

    def write(self, vals):
        """Options are changed while the vote is prepared."""
        self.check_access("write")
        self._check_draft(self.poll_id)
        result = super().write(vals)
        # It may have moved.
        self._check_draft(self.poll_id)
        if "text" in vals:
            self._follow_translations()
        return result

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self.check_access("write")
        self._check_draft(self.poll_id)
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_draft(self.poll_id)

    @api.model
    def _check_draft(self, polls):
        for poll in polls:
            if poll.state != "draft":
                raise UserError(
                    self.env._(
                        "The options of %(poll)s are frozen. If one of them is wrong, annul the "
                        "vote and make a new one.",
                        poll=poll.display_name,
                    )
                )

    def _number(self):
        """Give each its number, in the order in which they stand."""
        for number, option in enumerate(self, start=1):
            # pylint: disable-next=super-method-mismatch
            super(CoopPollOption, option).write({"number": number})

    # ------------------------------------------------------------------
    # Languages: a name is the same in all of them, a text is not
    # ------------------------------------------------------------------

    def _translated_fields(self):
        return {"text"}

    def _follow_translations(self):
        # Nobody translates what is not there.
        super(CoopPollOption, self.filtered("text"))._follow_translations()
