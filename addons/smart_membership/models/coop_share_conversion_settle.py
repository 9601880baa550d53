from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..capital import as_capital
from ..lib.shares import split


class CoopShareConversion(models.Model):
    """What a conversion checks, and what it writes in the register and in the books."""

    _inherit = "coop.share.conversion"

    # ------------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------------

    def _check_draft(self):
        for conversion in self:
            if conversion.state != "draft":
                raise UserError(
                    self.env._(
                        "%(conversion)s was already carried out or cancelled. Reload the page to "
                        "see where it stands.",
                        conversion=conversion.display_name,
                    )
                )

    def _check_decision(self):
        self.ensure_one()
        if not self.decision_date or not (self.decision_reference or "").strip():
            raise UserError(
                self.env._(
                    "Fill in when and where the Board decided on %(conversion)s.",
                    conversion=self.display_name,
                )
            )
        if self.decision_date > fields.Date.context_today(self):
            raise UserError(self.env._("The Board cannot have decided in the future."))

    def _check_possible(self, number):
        """Refuse what class, promises or statutes do not allow.

        :param int number: how many new shares there would be
        """
        target = self.target_class_id
        # The holder's own membership decides, whoever converts.
        membership = self.partner_id.sudo().membership_ids.filtered(
            lambda one: one.company_id == self.company_id and one.state == "member"
        )
        if not membership or not target._is_open_to(membership.category_id):
            raise UserError(
                self.env._(
                    "%(holder)s is not a member of a category that may hold shares %(target)s.",
                    holder=self.partner_id.name,
                    target=target.display_name,
                )
            )
        held = self._get_holdings()
        left = held.get(self.share_class_id, 0) - self.quantity
        promised = self._get_promised_quantity()
        if left < promised:
            raise UserError(
                self.env._(
                    "%(holder)s promised %(promised)s shares %(share_class)s in transfers: convert "
                    "fewer, or cancel those first.",
                    holder=self.partner_id.name,
                    promised=promised,
                    share_class=self.share_class_id.display_name,
                )
            )
        self._check_limits(self.share_class_id, left)
        self._check_limits(target, held.get(target, 0) + number)

    def _check_limits(self, share_class, quantity):
        minimum, maximum = share_class.minimum_quantity, share_class.maximum_quantity
        if quantity and (quantity < minimum or (maximum and quantity > maximum)):
            raise UserError(
                self.env._(
                    "%(holder)s would hold %(quantity)s shares %(share_class)s: outside what the "
                    "class allows. Convert another number.",
                    holder=self.partner_id.name,
                    quantity=quantity,
                    share_class=share_class.display_name,
                )
            )

    def _get_holdings(self):
        """Return ``{share class: quantity}`` of the holder, by the register."""
        Movement = self.env["coop.share.movement"].sudo()  # the holder's own, to who converts
        holdings = Movement._holdings_at(None, self.company_id, self.partner_id)
        Class = self.env["coop.share.class"]
        return {Class.browse(key): quantity for (_holder, key), quantity in holdings.items()}

    def _get_promised_quantity(self):
        """Return how many of these shares are in transfers that the receiver accepted."""
        [[quantity]] = self.env["coop.share.transfer"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("share_class_id", "=", self.share_class_id.id),
                ("partner_from_id", "=", self.partner_id.id),
                ("state", "=", "accepted"),
            ],
            aggregates=["quantity:sum"],
        )
        return quantity or 0

    # ------------------------------------------------------------------
    # Register and books
    # ------------------------------------------------------------------

    def _convert(self):
        """Write both sides in the register, and the capital from one account to the other."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        price = self.target_class_id._get_known_price(today)
        self._write_decision({"target_price": price})
        number, problem = self._get_exact()
        if problem:
            raise UserError(problem)
        self._check_possible(number)
        unit = Decimal(str(self.currency_id.rounding))
        lots, _left = split(self._get_paid_lots(), self.quantity, unit)
        amount = sum(float(lot.paid_up) for lot in lots)
        # The register has no other way in: nobody has the right to write in it.
        self.env["coop.share.movement"].sudo().create(
            [*map(self._prepare_movement_out, lots), self._prepare_movement_in(number, amount)]
        )
        self._write_decision(
            {
                "state": "done",
                "target_quantity": number,
                "decided_by_id": self.env.uid,
                "move_id": self._book(self.currency_id.round(amount)).id,
            }
        )
        self._mail()

    def _prepare_movement(self):
        return {
            "company_id": self.company_id.id,
            "kind": "conversion",
            "origin": self.name,
            "res_model": self._name,
            "res_id": self.id,
        }

    def _prepare_movement_out(self, lot):
        return self._prepare_movement() | {
            "share_class_id": self.share_class_id.id,
            "partner_from_id": self.partner_id.id,
            "quantity": lot.quantity,
            "unit_price": float(lot.unit_price),
            "paid_up": float(lot.paid_up),
        }

    def _prepare_movement_in(self, number, amount):
        return self._prepare_movement() | {
            "share_class_id": self.target_class_id.id,
            "partner_to_id": self.partner_id.id,
            "quantity": number,
            "unit_price": self.target_price,
            "paid_up": self.currency_id.round(amount),
        }

    def _book(self, amount):
        """Move the capital between the accounts of the classes; nothing when they share one.

        :return: the posted entry, or an empty recordset
        :raise UserError: an account or a journal is missing
        """
        source, target = self.share_class_id, self.target_class_id
        # Who records the Board's decision need not be an accountant.
        Move = as_capital(self.env["account.move"].sudo()).with_company(self.company_id)
        (source | target)._check_accounts()
        if source.capital_account_id == target.capital_account_id:
            return Move
        move = Move.create(
            {
                "move_type": "entry",
                "journal_id": self._get_journal().id,
                "company_id": self.company_id.id,
                "date": fields.Date.context_today(self),
                "ref": self.name,
                # Marks it as capital: it follows the register, so nobody changes it by hand.
                "share_class_id": target.id,
                "line_ids": [
                    Command.create(self._prepare_line(source.capital_account_id, amount)),
                    Command.create(self._prepare_line(target.capital_account_id, -amount)),
                ],
            }
        )
        move.action_post()
        return move

    def _prepare_line(self, account, balance):
        return {
            "name": self.env._("Conversion %(conversion)s", conversion=self.name),
            "account_id": account.id,
            "partner_id": self.partner_id.id,
            "balance": balance,
            "tax_ids": [Command.clear()],
        }

    def _get_journal(self):
        company = self.company_id.sudo()  # a setting of the company, to who may convert
        journal = company.coop_conversion_journal_id or self.env["account.journal"].sudo().search(
            [("company_id", "=", company.id), ("type", "=", "general")], limit=1
        )
        if not journal:
            raise UserError(
                self.env._(
                    "%(company)s has no journal for miscellaneous entries: choose one under "
                    "Cooperative / Configuration / Settings.",
                    company=company.name,
                )
            )
        return journal

    def _mail(self):
        """Tell the holder, in their language, what became of the shares."""
        self.with_context(mail_post_autofollow_author_skip=True).message_post_with_source(
            self.env.ref("smart_membership.mail_template_conversion_done"),
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            partner_ids=self.partner_id.ids,
        )
