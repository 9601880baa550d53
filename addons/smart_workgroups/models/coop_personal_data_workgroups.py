from odoo import api, models

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule


class CoopPersonalData(models.AbstractModel):
    """What the co-operative decided stays, with who decided; the rest goes with a person."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_erasure_rules(self):
        office = self.env._("who sat in which body, and decided there")
        minutes = self.env._("minutes of meetings, which are frozen")
        work = self.env._("what members worked on together, without who it was")
        return super()._get_erasure_rules() | {
            "coop.document.version": Rule("keep", work),
            "coop.edition.theme": Rule("keep", work),
            "coop.mandate": Rule("keep", office),
            "coop.meeting.minutes": Rule("keep", minutes),
            "coop.meeting.presence": Rule("keep", minutes),
            "coop.representation": Rule("keep", office),
            "coop.training.record": Rule("delete"),
            "coop.workgroup.member": Rule("keep", work),
        }
