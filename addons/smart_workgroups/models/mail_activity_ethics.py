from odoo import api, models
from odoo.exceptions import ValidationError

CASE = "coop.ethics.case"
CLOSED = (CASE, "coop.meeting")


class MailActivity(models.Model):
    """Whoever gets a task reads it: tasks on cases and meetings stay in the committee."""

    _inherit = "mail.activity"

    @api.constrains("user_id", "res_id", "res_model_id")
    def _check_reads_case(self):
        # Which records these are about is asked, whoever gives the task.
        for activity in self.sudo().filtered(lambda one: one.res_model in CLOSED):
            record = self.env[activity.res_model].browse(activity.res_id)
            user = activity.user_id
            is_open = record._name != CASE and record._get_discreet_readers() is None
            if not user or is_open:
                continue
            own = record.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
            if not own.has_access("read"):
                raise ValidationError(
                    self.env._(
                        "%(person)s does not read %(case)s: give the task to somebody of the "
                        "committee.",
                        person=user.name,
                        case=record.sudo().name,
                    )
                )
