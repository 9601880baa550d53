"""The form in which a supplier offers: read, with what is wrong by field."""

from datetime import date
from decimal import Decimal

from odoo import fields
from odoo.http import request

from odoo.addons.smart_activity_billing.lib.typed_numbers import decimals_of, typed_number
from odoo.addons.smart_membership.lib.table_file import harmless
from odoo.addons.smart_membership.lib.typed_text import typed_text

from ..lib.tiers import find_problem

TERMS = (
    "delivery_cost",
    "free_delivery_from",
    "minimum_order",
    "lead_time",
    "valid_until",
    "note",
)
AMOUNTS = TERMS[:3]
# How many prices fall with the quantity, for each product; a file may have more.
TIERS = 4
LARGEST = 10_000_000


class OfferForm:
    """What was typed, what it means, and what is wrong with it.

    Of products without a price nothing is offered.
    """

    def __init__(self, campaign, offer, post=None):
        self.env = request.env
        self.campaign = campaign
        self.currency = offer.offer_currency_id or campaign.company_id.currency_id
        lang = self.env["res.lang"]._get_data(code=self.env.lang)
        self.point = lang.decimal_point
        self.errors, self.terms, self.lines = {}, {}, {}
        self.typed = self._take(post) if post is not None else self._show(offer)
        self.tier_count = max([TIERS, *(len(line.tier_ids) for line in offer.line_ids)])
        if post is not None:
            self._read_terms()
            for product in campaign.product_ids:
                self._read_product(product)
            self._check_references()
            if not self.lines and not self.errors:
                self.errors["all"] = self.env._("Fill in a price for at least one product.")

    # ------------------------------------------------------------------
    # What is shown
    # ------------------------------------------------------------------

    def _take(self, post):
        return {name: typed_text(value)[:2000] for name, value in post.items()}

    def _show(self, offer):
        typed = {name: self._number(offer[name]) for name in AMOUNTS if offer[name]}
        typed["lead_time"] = str(offer.lead_time or "")
        typed["valid_until"] = str(offer.valid_until or "")
        typed["note"] = offer.note or ""
        for line in offer.line_ids:
            key = line.campaign_product_id.id
            typed[f"reference_{key}"] = line.supplier_reference or ""
            typed[f"pack_{key}"] = self._number(line.pack_quantity)
            typed[f"capacity_{key}"] = str(line.capacity or "")
            typed[f"co2_{key}"] = str(line.co2_grams or "")
            if line.life_cycle_cost:
                typed[f"life_cycle_{key}"] = self._number(line.life_cycle_cost)
            for place, (start, price) in enumerate(line._get_tiers()):
                typed[f"start_{key}_{place}"] = str(start)
                typed[f"price_{key}_{place}"] = self._number(price)
        return typed

    def _number(self, value):
        return f"{Decimal(str(value)).normalize():f}".replace(".", self.point)

    def get(self, name):
        """Return what is typed in a field."""
        return self.typed.get(name, "")

    # ------------------------------------------------------------------
    # What it means
    # ------------------------------------------------------------------

    def _read_terms(self):
        for name in AMOUNTS:
            self.terms[name] = float(self._read_amount(name) or 0)
        self.terms["lead_time"] = self._read_count("lead_time") or 0
        self.terms["note"] = self.get("note")
        self.terms["valid_until"] = False
        if text := self.get("valid_until"):
            try:
                self.terms["valid_until"] = date.fromisoformat(text)
            except ValueError:
                self.errors["valid_until"] = self.env._("This is no date: use the calendar.")
            else:
                if self.terms["valid_until"] < fields.Date.context_today(self.campaign):
                    self.errors["valid_until"] = self.env._("Choose a day that is still to come.")

    def _read_product(self, product):
        key = product.id
        tiers = self._read_tiers(key)
        if not tiers:
            return
        problem = find_problem(tiers)
        if problem:
            self.errors[f"price_{key}"] = product.env["coop.supplier.offer.line"]._get_tier_message(
                *problem, product.product_id.name
            )
        reference = self.get(f"reference_{key}")[:64]
        if reference != harmless(reference):
            self.errors[f"reference_{key}"] = self.env._(
                "A spreadsheet takes this for a formula: fill in a plain number or text."
            )
        self.lines[product] = {
            "supplier_reference": reference or False,
            "pack": self._read_pack(product),
            "capacity": self._read_count(f"capacity_{key}") or 0,
            "co2_grams": self._read_count(f"co2_{key}") or 0,
            "life_cycle_cost": float(self._read_amount(f"life_cycle_{key}") or 0),
            "tiers": tiers,
        }

    def _check_references(self):
        """Refuse one number for two products: later price lists would change the wrong one."""
        seen = set()
        for product, line in self.lines.items():
            reference = line["supplier_reference"]
            if reference and reference in seen:
                self.errors[f"reference_{product.id}"] = self.env._(
                    "Another product has this reference: each has one of its own."
                )
            seen.add(reference)

    def _read_tiers(self, key):
        tiers = []
        for place in range(self.tier_count_of(key)):
            name, start_name = f"price_{key}_{place}", f"start_{key}_{place}"
            if not self.get(name) and not (place and self.get(start_name)):
                continue
            price = self._read_amount(name)
            start = self._read_count(start_name) if place else 0
            if price is None or not price:
                self.errors.setdefault(name, self.env._("Fill in the price without VAT."))
            elif start is None:
                self.errors.setdefault(start_name, self.env._("From how many units on?"))
            else:
                tiers.append((start, price))
        return tiers

    def tier_count_of(self, key):
        """Return how many rows of prices were sent for a product."""
        count = TIERS
        while count < 50 and f"price_{key}_{count}" in self.typed:
            count += 1
        return count

    def _read_pack(self, product):
        """Return the pack in steps of the campaign."""
        name = f"pack_{product.id}"
        if not self.get(name):
            return 1
        number = typed_number(self.get(name), self.point)
        steps = number and number / Decimal(str(product.step))
        if not steps or steps != int(steps) or not 0 < steps < LARGEST:
            self.errors[name] = self.env._(
                "Fill in a multiple of %(step)s: members pledge so.", step=f"{product.step:g}"
            )
            return 1
        return int(steps)

    def _read_amount(self, name):
        text = self.get(name)
        if not text:
            return None
        amount = typed_number(text, self.point)
        if (
            amount is None
            or amount >= LARGEST
            or decimals_of(amount) > self.currency.decimal_places
        ):
            self.errors[name] = self.env._(
                "Fill in an amount with at most %(decimals)s decimals, for example 12.50.",
                decimals=self.currency.decimal_places,
            )
            return None
        return amount

    def _read_count(self, name):
        text = self.get(name)
        if not text:
            return None
        number = typed_number(text, self.point)
        if number is None or number != int(number) or number >= LARGEST:
            self.errors[name] = self.env._("Fill in a whole number.")
            return None
        return int(number)
