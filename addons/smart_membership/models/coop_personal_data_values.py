from odoo import api, fields, models
from odoo.tools import email_normalize, html2plaintext

from ..lib.personal_page import is_secret
from .coop_personal_data import PARTNER

# What the system keeps for itself and says nothing about anybody.
TECHNICAL = {
    "color",
    "create_uid",
    "message_main_attachment_id",
    "sequence",
    "write_date",
    "write_uid",
}
NATIONAL_NUMBER = "smart_membership.group_national_number"


class CoopPersonalData(models.AbstractModel):
    """What of a record may be told to the person whom it is about."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_shown_fields(self, model):
        """Return the only fields of a model that are shown, or None for all that tell something."""
        return {
            "account.bank.statement.line": ("date", "payment_ref", "account_number", "amount"),
            "account.move": (
                "name",
                "move_type",
                "date",
                "invoice_date",
                "invoice_date_due",
                "ref",
                "payment_reference",
                "amount_untaxed",
                "amount_tax",
                "amount_total",
                "amount_residual",
                "payment_state",
                "state",
            ),
            "account.payment": ("name", "date", "payment_type", "amount", "memo", "state"),
            "event.event": ("name", "date_begin", "date_end"),
            "res.users": ("login", "lang", "tz", "create_date", "login_date", "active"),
        }.get(model)

    @api.model
    def _get_hidden_fields(self, record, partner):
        """Return what on a record of this person is another's: the other side of a transfer."""
        if record._name == "coop.share.transfer":
            other = "receiver" if record.partner_from_id == partner else "giver"
            return {f"{other}_signed_ip"}
        registration = record._name == "event.registration"
        if registration and email_normalize(record.email) != partner.email_normalized:
            # Who books for somebody else knows the name, and no more is needed.
            return {"email", "phone", "company_name"}
        return set()

    @api.model
    def _get_field_names(self, record, partner):
        shown = self._get_shown_fields(record._name)
        if shown is not None:
            return [name for name in shown if name in record._fields]
        hidden = self._get_hidden_fields(record, partner)
        return [
            name
            for name, field in record._fields.items()
            if field.store
            and field.type not in ("one2many", "binary", "image", "properties_definition")
            and field.groups != fields.NO_ACCESS
            and not is_secret(name)
            and name not in TECHNICAL
            and name not in hidden
        ]

    @api.model
    def _describe(self, record, partner, names=None):
        """Return the values of a record as ``[(name, label, value)]``, without what is empty."""
        values = []
        for name in names or self._get_field_names(record, partner):
            value = self._tell(record, name, partner)
            if value not in (None, ""):
                label = record._fields[name]._description_string(self.env)
                values.append((name, label or name, value))
        values += self._get_special_values(record, partner)
        return values

    @api.model
    def _get_special_values(self, record, partner):
        """Return values that no readable field holds: the national number, and its looks noted."""
        if record._name != "coop.membership.request" or not record.national_number_stored:
            return []
        own = self.env.user.partner_id == partner
        if not own and not self.env.user.has_group(NATIONAL_NUMBER):
            return []
        if not own:
            # The log is closed to everybody: a look by another than the person is added here.
            self.env["coop.national.number.access"].sudo().create(
                {"request_id": record.id, "user_id": self.env.uid}
            )
        label = record._fields["national_number"]._description_string(self.env)
        return [("national_number", label, record.national_number_stored)]

    def _tell(self, record, name, partner):
        """Return the value of a field as JSON can hold it, None when there is nothing to tell."""
        field, value = record._fields[name], record[name]
        if field.type == "boolean":
            return bool(value)
        if field.type in ("integer", "float", "monetary"):
            return value
        if not value:
            return None
        if field.type == "many2one":
            return self._tell_record(value, partner)
        if field.type == "many2many":
            return ", ".join(self._tell_record(one, partner) for one in value)
        if field.type == "reference":
            return self._tell_record(value, partner)
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "html":
            return html2plaintext(value)
        return str(value)

    def _tell_record(self, record, partner):
        """Return the name of another record; of another person's, that person's name only."""
        owners = self._get_owners(record)
        if record._name in (PARTNER, "res.users") or (owners and partner not in owners):
            return ", ".join(owner.name or "" for owner in owners)
        return record.display_name or ""
