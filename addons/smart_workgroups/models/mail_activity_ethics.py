from odoo import api, models
from odoo.exceptions import ValidationError


class MailActivity(models.Model):
    """Whoever gets a task reads it: tasks on a case stay in the committee."""

    _inherit = "mail.activity"

    @api.constrains("user_id", "res_id", "res_model_id")
    def _check_reads_case(self):
        # Which cases these are about is asked, whoever gives the task.
        for activity in self.sudo().filtered(lambda one: one.res_model == "coop.ethics.case"):
            case = self.env["coop.ethics.case"].browse(activity.res_id)
            user = activity.user_id
            own = case.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
            if user and not own.has_access("read"):
                raise ValidationError(
                    self.env._(
                        "%(person)s does not read %(case)s: give the task to somebody of the "
                        "committee.",
                        person=user.name,
                        case=case.sudo().name,
                    )
                )
