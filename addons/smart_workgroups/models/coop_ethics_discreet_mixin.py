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

    def _get_discreet_readers(self):
        """Return who reads this today, or None where all do who may open the screens."""
        case = self._get_ethics_case()
        return None if not case or case.state in OPEN_STATES else case._get_voters()

    def _is_discreet(self):
        """Return whether nobody follows this."""
        return True

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Let nobody follow a case who would not read it any more one day."""
        others = self.filtered(lambda one: not one._is_discreet())
        if not others:
            return True
        return super(CoopEthicsDiscreetMixin, others)._message_subscribe(
            partner_ids, subtype_ids, customer_ids
        )

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Tell what is confidential to nobody but who may read it today."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        readers = self._get_discreet_readers()
        if readers is None:
            return recipients
        return [one for one in recipients if one["id"] in readers.ids]

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
        readers = self._get_discreet_readers()
        if readers is None:
            return partner_ids
        return [partner_id for partner_id in partner_ids if partner_id in readers.ids]
