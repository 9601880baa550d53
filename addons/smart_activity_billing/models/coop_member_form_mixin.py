from odoo import api, fields, models


class CoopMemberFormMixin(models.AbstractModel):
    """What members ask for in a form of the portal: once, however often the form is sent.

    Of two equal requests at once, the second fails to bump the row that the first one holds, is
    replayed by the server, and then finds by the token of the form what the first one made. A
    model that inherits this says who asked: ``submitted_by_id``, of ``res.partner``.
    """

    _name = "coop.member.form.mixin"
    _description = "Asked for by Members in the Portal"
    _inherit = ["coop.member.page.mixin"]

    token = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Of the form in the portal: sent twice, it asks once.",
    )

    _token_unique = models.UniqueIndex(
        "(submitted_by_id, token) WHERE token IS NOT NULL", "A form asks once."
    )

    @api.model
    def _find_by_token(self, person, token):
        """Return what this form of somebody asked for already, if anything."""
        # The token is not readable by members; it leads to what they asked for only.
        return self.sudo().search([("submitted_by_id", "=", person.id), ("token", "=", token)])

    @api.model
    def _create_by_form(self, company, token, vals):
        """Make what a form asks for, with superuser rights and without followers.

        Members have no right to write it: this is their way in. Whoever calls this has checked that
        the user may ask, holds what rivals wait for, and found nothing by the token.
        """
        Model = self.sudo().with_company(company).with_context(mail_create_nosubscribe=True)
        return Model.create({**vals, "company_id": company.id, "token": token})

    def _locked_fields(self):
        return super()._locked_fields() | {"token"}
