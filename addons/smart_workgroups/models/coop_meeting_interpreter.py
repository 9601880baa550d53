from odoo import api, fields, models

from odoo.addons.smart_membership.lib.selection_order import in_order


class CoopMeetingInterpreter(models.Model):
    """Who translates at a meeting for those who speak another language."""

    _name = "coop.meeting.interpreter"
    _description = "Interpreter at a Meeting"
    _order = "meeting_id, id"

    meeting_id = fields.Many2one("coop.meeting", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="meeting_id.company_id", store=True, index=True)
    lang_id = fields.Many2one("res.lang", "Language", required=True, ondelete="restrict")
    asked_by_ids = fields.Many2many(
        "res.partner",
        "coop_meeting_interpreter_partner_rel",
        "interpreter_id",
        "partner_id",
        string="Asked by",
    )
    partner_id = fields.Many2one(
        "res.partner", "Interpreter", index="btree_not_null", ondelete="restrict"
    )
    state = fields.Selection(
        [("asked", "Asked for"), ("confirmed", "Confirmed"), ("none", "Nobody found")],
        "Status",
        required=True,
        default="asked",
        group_expand=in_order("state"),
    )

    _once = models.UniqueIndex(
        "(meeting_id, lang_id)", "An interpreter for this language is asked for already."
    )
    _who = models.Constraint(
        "CHECK (state <> 'confirmed' OR partner_id IS NOT NULL)", "Say who interprets."
    )

    @api.depends("lang_id", "meeting_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.lang_id.name or ''} ({one.meeting_id.name or ''})"

    @api.model
    def _ask(self, meeting, person, lang):
        """Ask for an interpreter; a second time it is as asked for as before."""
        meeting._take_turn()
        meeting._check_state("draft", "convoked")
        known = self.search([("meeting_id", "=", meeting.id), ("lang_id", "=", lang.id)])
        one = known or self.create({"meeting_id": meeting.id, "lang_id": lang.id})
        if person not in one.asked_by_ids:
            one.asked_by_ids = [fields.Command.link(person.id)]
            if not known:
                user = meeting._get_responsible()
                meeting.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=meeting.with_context(lang=user.lang).env._(
                        "Find an interpreter for %(language)s", language=lang.name
                    ),
                    user_id=user.id,
                )
        return one
