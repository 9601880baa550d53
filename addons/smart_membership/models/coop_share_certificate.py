import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError

# Without the letters and digits that people mistake for one another.
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
CODE_LENGTH = 20


class CoopShareCertificate(models.Model):
    """What a member held when the certificate was made, by the register up to that movement.

    Its code lets anybody who has it ask the register whether that is true, and still is.
    """

    _name = "coop.share.certificate"
    _description = "Share Certificate"
    _order = "company_id, number desc"
    _rec_name = "number"

    number = fields.Integer(required=True, readonly=True, aggregator=None)
    code = fields.Char(required=True, readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", "Holder", required=True, readonly=True, index=True, ondelete="restrict"
    )
    date = fields.Date(required=True, readonly=True)
    movement_number = fields.Integer(
        "Last Movement",
        required=True,
        readonly=True,
        aggregator=None,
        help="The certificate says what the register said up to this movement.",
    )

    _number_unique = models.Constraint(
        "UNIQUE(company_id, number)", "A certificate has a number of its own."
    )
    _code_unique = models.Constraint("UNIQUE(code)", "A certificate has a code of its own.")

    # ------------------------------------------------------------------
    # CRUD: made once
    # ------------------------------------------------------------------

    def write(self, vals):
        if vals:
            raise UserError(self.env._("A certificate stays as it was made: make a new one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A certificate may be in somebody's hands: it is never deleted.")
        )

    @api.model
    def _issue(self, partner, company):
        """Make the certificate of a holder.

        :raise UserError: the register knows no shares of this contact
        """
        # The register answers for the holder, who may not read all of it.
        Movement = self.env["coop.share.movement"].sudo()
        if not Movement._holdings_at(None, company, partner):
            raise UserError(
                self.env._(
                    "%(name)s holds no shares of %(company)s, so there is nothing to certify.",
                    name=partner.display_name,
                    company=company.display_name,
                )
            )
        Certificate = self.sudo()  # made by the register, not by hand
        [number] = Certificate.env["coop.counter"]._take(self._name, company)
        return Certificate.create(
            {
                "number": number,
                "code": "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH)),
                "company_id": company.id,
                "partner_id": partner.id,
                "date": fields.Date.context_today(self),
                "movement_number": Movement._last_number(company),
            }
        )

    # ------------------------------------------------------------------
    # Content
    # ------------------------------------------------------------------

    def _get_positions(self, until):
        """Return ``[(share class, quantity, paid up)]`` of the holder up to a movement."""
        self.ensure_one()
        positions = (
            self.env["coop.share.movement"]
            .sudo()  # as above
            ._positions_at(None, self.company_id, self.partner_id, until)
        )
        classes = self.env["coop.share.class"].sudo().with_context(active_test=False)
        rows = [
            (classes.browse(class_id), quantity, paid_up)
            for (_partner, class_id), (quantity, paid_up) in positions.items()
            if quantity
        ]
        return sorted(rows, key=lambda row: row[0].code)

    def _get_certified(self):
        """Return what the certificate says, as ``_get_positions``."""
        return self._get_positions(self.movement_number)

    def _is_current(self):
        """Tell whether the holder still holds just this."""
        return self._get_positions(None) == self._get_certified()

    def _get_amount_in_words(self, amount):
        """Return an amount in words, in the language of the context."""
        return self.currency_id.amount_to_text(amount)

    def _get_written_code(self):
        """Return the code in groups that can be typed."""
        return "-".join(self.code[place : place + 5] for place in range(0, CODE_LENGTH, 5))

    @api.model
    def _find(self, text):
        """Return the certificate of a code, as somebody typed it, or an empty recordset."""
        code = "".join(sign for sign in (text or "").upper() if sign.isalnum())
        if len(code) != CODE_LENGTH:
            return self.browse()
        # Whoever has the code has the certificate in hand.
        return self.sudo().search([("code", "=", code)], limit=1)
