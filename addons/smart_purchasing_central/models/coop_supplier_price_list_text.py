from odoo import models

from ..lib.price_list import TITLES
from .coop_supplier_price_list_check import ERROR


class CoopSupplierPriceList(models.Model):
    """What the check of a price list says: each finding names the row and what to do."""

    _inherit = "coop.supplier.price.list"

    def _prepare_finding(self, message, advice, row=None):
        return {
            "severity": ERROR,
            "message": message,
            "advice": advice,
            "row": row.number if row else 0,
        }

    # ------------------------------------------------------------------
    # The whole file
    # ------------------------------------------------------------------

    def _find_unreadable(self, code):
        messages = {
            "empty": self.env._("The file is empty."),
            "kind": self.env._("The file is no table."),
            "large": self.env._("The file has far more rows than there are articles."),
            "broken": self.env._("The file is damaged: it cannot be read to its end."),
        }
        return self._prepare_finding(
            messages[code],
            self.env._("Export it again as CSV or XLSX (not as XLS or PDF), and add that file."),
        )

    def _find_with_vat(self, title):
        return self._prepare_finding(
            self.env._("The prices in the column “%(title)s” include VAT.", title=title),
            self.env._(
                "Offers are compared without VAT: add a column “Price without VAT” with "
                "those prices."
            ),
        )

    def _find_missing_columns(self, titles):
        return self._prepare_finding(
            self.env._("These columns are not in the file: %(titles)s.", titles=", ".join(titles)),
            self.env._("Download the template: its first row has the titles."),
        )

    def _find_no_rows(self):
        return self._prepare_finding(
            self.env._("Below the titles there are no rows."),
            self.env._("Fill in one row for each price, or add another file."),
        )

    def _find_nothing_bought(self):
        return self._prepare_finding(
            self.env._(
                "None of these articles is bought by %(campaign)s.",
                campaign=self.campaign_id.sudo().display_name,
            ),
            self.env._(
                "Download the template, or fill in the column “Product” with our names of the "
                "products: the references are known from then on."
            ),
        )

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def _find_problem(self, row, problem):
        """Return what is wrong with a cell in words."""
        column = TITLES[problem.column][0] if problem.column else ""
        value = problem.value
        texts = {
            "no_reference": (
                self.env._("The row has no reference of the article."),
                self.env._("Fill in your own number of it: prices are known by it, not by names."),
            ),
            "no_price": (
                self.env._("The row has no price."),
                self.env._("Fill in a price without VAT, or take the row out."),
            ),
            "formula": (
                self.env._(
                    "“%(column)s” holds a formula, or a text that a spreadsheet takes for one: "
                    "%(value)s",
                    column=column,
                    value=value,
                ),
                self.env._("Fill in the plain value."),
            ),
            "number": (
                self.env._(
                    "“%(column)s” cannot be read without a doubt: %(value)s",
                    column=column,
                    value=value,
                ),
                self.env._(
                    "Fill in a plain number: whole for quantities, with at most %(digits)s "
                    "decimals for prices.",
                    digits=self.offer_currency_id.decimal_places,
                ),
            ),
            "range": (
                self.env._("“%(column)s” is out of range: %(value)s", column=column, value=value),
                self.env._("Fill in a positive number that is not larger than life."),
            ),
        }
        return self._prepare_finding(*texts[problem.code], row)

    def _find_disagreement(self, row, name):
        return self._prepare_finding(
            self.env._(
                "The rows of %(reference)s disagree on “%(column)s”.",
                reference=row.reference,
                column=TITLES[name][0],
            ),
            self.env._("Fill in the same in all rows of an article, or in the first one only."),
            row,
        )

    def _find_tiers(self, row, article, code, start):
        product = article["product"].product_id.display_name
        message = self.env["coop.supplier.offer.line"]._get_tier_message(
            code, start, f"{row.reference} ({product})"
        )
        return self._prepare_finding(message, self.env._("Correct the rows of this article."), row)

    def _find_pack(self, row, article, step):
        return self._prepare_finding(
            self.env._(
                "A pack of %(pack)s does not fit %(product)s: members pledge in steps of %(step)s.",
                pack=article["pack"],
                product=article["product"].product_id.display_name,
                step=f"{step.normalize():f}",
            ),
            self.env._("Fill in a multiple of the step, or ask the buyer to change the step."),
            row,
        )

    def _find_other_unit(self, row, article, uom):
        product = article["product"].product_id.display_name
        other = self.env["uom.uom"].search([("name", "=ilike", row.unit)], limit=1)
        if other and not other._has_common_reference(uom):
            message = self.env._(
                "%(product)s is bought by %(unit)s, and %(other)s measures something else.",
                product=product,
                unit=uom.name,
                other=row.unit,
            )
        else:
            message = self.env._(
                "%(product)s is bought by %(unit)s, the price is for %(other)s.",
                product=product,
                unit=uom.name,
                other=row.unit,
            )
        return self._prepare_finding(
            message, self.env._("Fill in the price of one %(unit)s.", unit=uom.name), row
        )

    def _find_double(self, article, first):
        return self._prepare_finding(
            self.env._(
                "%(first)s and %(second)s are both %(product)s.",
                first=first["reference"],
                second=article["reference"],
                product=article["product"].product_id.display_name,
            ),
            self.env._("An offer names a product once: leave the article that you deliver."),
            article["rows"][0],
        )

    def _describe_changes(self, article, before, old_tiers):
        """Return what changes beside the first price, in words."""
        changes = []
        if [start for start, _price in old_tiers] != [start for start, _price in article["tiers"]]:
            changes.append(self.env._("quantities of the prices"))
        if before.pack != article["pack"]:
            changes.append(
                self.env._("pack %(old)s → %(new)s", old=before.pack, new=article["pack"])
            )
        if before.capacity != article["capacity"]:
            changes.append(
                self.env._(
                    "capacity %(old)s → %(new)s", old=before.capacity, new=article["capacity"]
                )
            )
        if before.co2_grams != article["co2"]:
            changes.append(
                self.env._("CO2 %(old)s → %(new)s g", old=before.co2_grams, new=article["co2"])
            )
        return ", ".join(changes)
