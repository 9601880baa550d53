from odoo import fields, models
from odoo.exceptions import UserError

# What a candidate tells about themselves, as it is called on a contact.
DETAILS = {
    "name": "name",
    "email": "email",
    "phone": "phone",
    "street": "street",
    "zip": "zip",
    "city": "city",
    "country_id": "country_id",
    "birth_date": "birth_date",
    "company_registry": "kbo_number",
    "lang": "lang",
}


class CoopMembershipRequest(models.Model):
    """Acceptance: contact, bank account, candidacy and a subscription for the Board."""

    _inherit = "coop.membership.request"

    def _accept(self, partner=None, details=()):
        """Make of a request what the Board can decide on.

        :param partner: the ``res.partner`` that it is; none makes a new one
        :param details: names of fields of the contact that take over what was filled in
        :raise UserError: it was handled already, or the contact is of another company
        """
        self.ensure_one()
        self._check_state("submitted")
        partner = partner or self.env["res.partner"]
        if partner.company_id and partner.company_id != self.company_id:
            raise UserError(
                self.env._(
                    "%(contact)s belongs to another company: choose another contact.",
                    contact=partner.display_name,
                )
            )
        values = self._prepare_partner()
        if partner:
            partner.write({name: values[name] for name in details if name in values})
        else:
            partner = partner.create(values)
            self._create_representative(partner)
        self._add_bank_account(partner)
        membership = self._ensure_candidate(partner)
        subscription = self.env["coop.share.subscription"].create(
            self._prepare_subscription(partner, membership)
        )
        subscription.action_submit()
        self._write_decision(
            {
                "state": "accepted",
                "partner_id": partner.id,
                "subscription_id": subscription.id,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        self._hand_over_identity_document(membership)
        # Consents are a trail of the system; from now on they are of the contact as well.
        self.sudo().consent_ids.write({"partner_id": partner.id})

    def _prepare_partner(self):
        values = {
            name: self[own].id if own == "country_id" else self[own]
            for name, own in DETAILS.items()
            if self[own]
        }
        return values | {"is_company": self.kind == "company", "company_id": self.company_id.id}

    def _create_representative(self, partner):
        """Keep who spoke for a company as a contact of it."""
        if self.kind == "company" and self.contact_name:
            self.env["res.partner"].create(
                {"name": self.contact_name, "parent_id": partner.id, "type": "contact"}
            )

    def _add_bank_account(self, partner):
        """Give the contact the account that was filled in, unless it is there."""
        known = partner.bank_ids.mapped("sanitized_acc_number")
        if self.iban and self.iban not in known:
            # Who handles requests need not pay anybody: the account is known, and not yet trusted.
            self.env["res.partner.bank"].sudo().create(
                {
                    "acc_number": self.iban,
                    "partner_id": partner.id,
                    "company_id": False,
                    "allow_out_payment": False,
                }
            )

    def _ensure_candidate(self, partner):
        """Return the membership of a contact, a new candidacy when there is none."""
        Membership = self.env["coop.membership"]
        membership = Membership.search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", self.company_id.id),
                ("state", "!=", "former"),
            ]
        )
        return membership or Membership.create(
            {
                "partner_id": partner.id,
                "company_id": self.company_id.id,
                "category_id": self.category_id.id,
                "antenna_id": self.antenna_id.id,
                "sector_ids": self.sector_ids.ids,
            }
        )

    def _prepare_subscription(self, partner, membership):
        return {
            "partner_id": partner.id,
            "company_id": self.company_id.id,
            "category_id": membership.category_id.id,
            "share_class_id": self.share_class_id.id,
            "quantity": self.quantity,
            "note": self.message,
        }
