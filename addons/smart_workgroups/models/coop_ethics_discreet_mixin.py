from odoo import models

# What everybody who may open the screens reads.
OPEN_STATES = ("published", "answered")


class CoopEthicsDiscreetMixin(models.AbstractModel):
    """What is written about a case reaches nobody who may not read the case on that day."""

    _name = "coop.ethics.discreet.mixin"
    _description = "Confidential Until Published"
    _inherit = ["mail.thread"]

    def _get_ethics_case(self):
        """Return the case whose readers these are."""
        raise NotImplementedError

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Let nobody follow a case who would not read it any more one day."""
        return True

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Tell what is confidential to nobody but who may read it today."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        case = self._get_ethics_case()
        if not case or case.state in OPEN_STATES:
            return recipients
        voters = case._get_voters()
        return [one for one in recipients if one["id"] in voters.ids]

    def _message_create(self, values_list):
        """Name nobody as a recipient who may not read the case: recipients read a message."""
        kept = [
            values | {"partner_ids": self._keep_readers(values["partner_ids"])}
            if values.get("partner_ids")
            else values
            for values in values_list
        ]
        return super()._message_create(kept)

    def _message_update_content(self, message, /, *, partner_ids=None, **kwargs):
        """As when it was written first."""
        if partner_ids:
            partner_ids = self._keep_readers([int(partner_id) for partner_id in partner_ids])
        return super()._message_update_content(message, partner_ids=partner_ids, **kwargs)

    def _keep_readers(self, partner_ids):
        case = self._get_ethics_case()
        if not case or case.state in OPEN_STATES:
            return partner_ids
        voters = case._get_voters()
        return [partner_id for partner_id in partner_ids if partner_id in voters.ids]
