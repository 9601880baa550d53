from odoo import models

from ..lib.price_list import TITLES


class CoopSupplierPriceListFinding(models.Model):
    """What a finding says: what is wrong in which row, and what to do.

    ``_say_<code>`` takes the facts of a finding and returns both texts.
    """

    _inherit = "coop.supplier.price.list.finding"

    # ------------------------------------------------------------------
    # The whole file
    # ------------------------------------------------------------------

    def _say_unreadable(self, kind):
        messages = {
            "empty": self.env._("The file is empty."),
            "kind": self.env._("The file is no table."),
            "large": self.env._("The file has far more rows than there are articles."),
            "broken": self.env._("The file is damaged: it cannot be read to its end."),
        }
        return messages[kind], self.env._(
            "Export it again as CSV or XLSX (not as XLS or PDF), and add that file."
        )

    def _say_with_vat(self, title):
        return (
            self.env._("The prices in the column “%(title)s” include VAT.", title=title),
            self.env._(
                "Offers are compared without VAT: add a column “Price without VAT” with "
                "those prices."
            ),
        )

    def _say_missing_columns(self, titles):
        return (
            self.env._("These columns are not in the file: %(titles)s.", titles=", ".join(titles)),
            self.env._("Download the template: its first row has the titles."),
        )

    def _say_unread_columns(self, titles):
        return (
            self.env._("These columns are not read: %(titles)s.", titles=", ".join(titles)),
            self.env._(
                "If one of them matters, give it the title that we know: %(known)s. Of two columns "
                "for the same the first is read.",
                known=", ".join(names[0] for names in TITLES.values()),
            ),
        )

    def _say_no_rows(self):
        return (
            self.env._("Below the titles there are no rows."),
            self.env._("Fill in one row for each price, or add another file."),
        )

    def _say_nothing_bought(self):
        campaign = self.price_list_id.campaign_id
        return (
            self.env._(
                "None of these articles is bought by %(campaign)s.", campaign=campaign.display_name
            ),
            self.env._(
                "Download the template, or fill in the column “Product” with our names of the "
                "products: the references are known from then on."
            ),
        )

    # ------------------------------------------------------------------
    # Cells
    # ------------------------------------------------------------------

    def _say_no_reference(self, **_cell):
        return (
            self.env._("The row has no reference of the article."),
            self.env._("Fill in your own number of it: prices are known by it, not by names."),
        )

    def _say_no_price(self, **_cell):
        return (
            self.env._("The row has no price."),
            self.env._("Fill in a price without VAT, or take the row out."),
        )

    def _say_formula(self, column, value):
        return (
            self.env._(
                "“%(column)s” holds a formula, or a text that a spreadsheet takes for one: "
                "%(value)s",
                column=self._get_title(column),
                value=value,
            ),
            self.env._("Fill in the plain value."),
        )

    def _say_number(self, column, value):
        return (
            self.env._(
                "“%(column)s” cannot be read without a doubt: %(value)s",
                column=self._get_title(column),
                value=value,
            ),
            self.env._(
                "Fill in a plain number: whole for quantities, with at most %(digits)s "
                "decimals for prices.",
                digits=self.price_list_id.offer_currency_id.decimal_places,
            ),
        )

    def _say_range(self, column, value):
        return (
            self.env._(
                "“%(column)s” is out of range: %(value)s",
                column=self._get_title(column),
                value=value,
            ),
            self.env._("Fill in a positive number that is not larger than life."),
        )

    # ------------------------------------------------------------------
    # Articles
    # ------------------------------------------------------------------

    def _say_disagreement(self, reference, column):
        return (
            self.env._(
                "The rows of %(reference)s disagree on “%(column)s”.",
                reference=reference,
                column=self._get_title(column),
            ),
            self.env._("Fill in the same in all rows of an article, or in the first one only."),
        )

    def _say_tiers(self, reference, product, problem, start):
        article = f"{reference} ({self._get_name(product)})"
        message = self.env["coop.supplier.offer.line"]._get_tier_message(problem, start, article)
        return message, self.env._("Correct the rows of this article.")

    def _say_pack(self, pack, product, step):
        return (
            self.env._(
                "A pack of %(pack)s does not fit %(product)s: members pledge in steps of %(step)s.",
                pack=pack,
                product=self._get_name(product),
                step=step,
            ),
            self.env._("Fill in a multiple of the step, or ask the buyer to change the step."),
        )

    def _say_other_unit(self, product, unit):
        bought = self.env["coop.purchase.campaign.product"].browse(product)
        message = self.env._(
            "%(product)s is bought by %(unit)s, the price is for %(other)s.",
            product=self._get_name(product),
            unit=bought.uom_id.name,
            other=unit,
        )
        return message, self._say_price_of(bought)

    def _say_other_measure(self, product, unit):
        bought = self.env["coop.purchase.campaign.product"].browse(product)
        message = self.env._(
            "%(product)s is bought by %(unit)s, and %(other)s measures something else.",
            product=self._get_name(product),
            unit=bought.uom_id.name,
            other=unit,
        )
        return message, self._say_price_of(bought)

    def _say_price_of(self, bought):
        return self.env._("Fill in the price of one %(unit)s.", unit=bought.uom_id.name)

    def _say_double(self, first, second, product):
        return (
            self.env._(
                "%(first)s and %(second)s are both %(product)s.",
                first=first,
                second=second,
                product=self._get_name(product),
            ),
            self.env._("An offer names a product once: leave the article that you deliver."),
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_title(self, column):
        return TITLES[column][0] if column else ""

    def _get_name(self, product_id):
        bought = self.env["coop.purchase.campaign.product"].browse(product_id)
        return bought.product_id.display_name
