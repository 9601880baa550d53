from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..capital import as_capital
from ..lib.shares import split


class CoopShareConversion(models.Model):
    """What a conversion checks, and what it writes in the register and in the books."""

    _inherit = "coop.share.conversion"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_convert(self):
        """Convert the shares: register and books follow in one go.

        :raise UserError: no decision, a value that makes no whole shares, or a rule in the way
        """
        self.check_access("write")
        self._take_turn()
        self._check_state("draft")
        for conversion in self:
            conversion._check_decision()
            conversion._convert()
        return True

    def action_cancel(self):
        """Drop conversions that were not carried out."""
        self.check_access("write")
        self._check_state("draft")
        self._write_decision({"state": "cancelled"})
        return True

    def action_view_move(self):
        """Open the entry, for those who may see the books."""
        self.ensure_one()
        return self.move_id._get_records_action()

    # ------------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------------

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
        source = self.share_class_id
        left = source._get_held_quantity(self.partner_id) - self.quantity
        promises = source._get_promises(self.partner_id, self)
        promised = sum(promises.values())
        if left < promised:
            raise UserError(
                self.env._(
                    "%(holder)s promised %(promised)s of the shares %(share_class)s in %(acts)s: "
                    "convert fewer, or cancel those first.",
                    holder=self.partner_id.name,
                    promised=promised,
                    share_class=source.display_name,
                    acts=", ".join(act.name for act in promises),
                )
            )
        self._check_limits(source, left)
        self._check_limits(target, target._get_held_quantity(self.partner_id) + number)

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

    @api.model
    def _find_promises(self, holder, share_class):
        """Return ``{conversion: quantity}``: what the Board decided on, to be carried out."""
        conversions = self.search(
            [
                ("partner_id", "=", holder.id),
                ("share_class_id", "=", share_class.id),
                ("state", "=", "draft"),
                ("decision_date", "!=", False),
            ]
        )
        return {conversion: conversion.quantity for conversion in conversions}

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
            [*map(self._prepare_movement, lots), self._prepare_movement_in(number, amount)]
        )
        self._write_decision(
            {
                "state": "done",
                "target_quantity": number,
                "decided_by_id": self.env.uid,
                "move_id": self._book(self.currency_id.round(amount)).id,
            }
        )
        self._mail("done")

    def _prepare_movement(self, lot=None):
        return super()._prepare_movement(lot) | {
            "kind": "conversion",
            "partner_from_id": self.partner_id.id,
        }

    def _prepare_movement_in(self, number, amount):
        return self._prepare_movement() | {
            "share_class_id": self.target_class_id.id,
            "partner_from_id": False,
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
