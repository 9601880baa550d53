import base64
from collections import defaultdict
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.smart_membership.lib.directory_text import key
from odoo.addons.smart_membership.lib.table_read import UnreadableError, read_tables

from ..lib.price_list import read_price_list
from ..lib.tiers import find_problem

ERROR, WARNING = "1_error", "2_warning"


class CoopSupplierPriceList(models.Model):
    """The check of a price list: whose articles it names, what is wrong, and what would change.

    Articles are known by the reference of the supplier. Products, earlier offers and vendor codes
    are each looked up at once.
    """

    _inherit = "coop.supplier.price.list"

    def _check(self):
        """Read the file anew, and keep what was found."""
        self.ensure_one()
        findings, articles, rows = self._analyse()
        self._clear_check()
        system = self.env(su=True)  # as in `_clear_check`
        owner = {"price_list_id": self.id}
        system["coop.supplier.price.list.finding"].create([owner | vals for vals in findings])
        differences = self._compare(articles) if articles else []
        system["coop.supplier.price.list.line"].create([owner | vals for vals in differences])
        errors = sum(one["severity"] == ERROR for one in findings)
        jumps = sum(one["is_jump"] for one in differences)
        self._write_decision(
            {
                "state": "draft" if errors else "checked",
                "checked_at": fields.Datetime.now(),
                "row_count": rows,
                "error_count": errors,
                "warning_count": len(findings) - errors + jumps,
            }
        )
        return articles

    def _take(self):
        """Make the offer say what the file says."""
        self.ensure_one()
        articles = self._check()
        if self.error_count:
            raise UserError(
                self.env._(
                    "The price list of %(supplier)s does not hold any more: check it again and "
                    "read what is to be corrected.",
                    supplier=self.partner_id.name,
                )
            )
        offer = self.offer_id
        wanted = {article["product"]: article for article in articles if article["product"]}
        known = {line.campaign_product_id: line for line in offer.line_ids}
        offer.line_ids.filtered(lambda line: line.campaign_product_id not in wanted).unlink()
        # Their references may change places among one another.
        kept = offer.line_ids
        kept.supplier_reference = False
        kept.tier_ids.unlink()
        offer.flush_recordset()
        kept.flush_recordset()
        commands = []
        for product, article in wanted.items():
            vals = self._prepare_offer_line(article)
            if product in known:
                commands.append(Command.update(known[product].id, vals))
            else:
                commands.append(Command.create(vals | {"campaign_product_id": product.id}))
        offer.write({"line_ids": commands})
        self._write_decision({"state": "taken"})

    def _prepare_offer_line(self, article):
        return {
            "supplier_reference": article["reference"],
            "pack": article["steps"],
            "capacity": article["capacity"],
            "co2_grams": article["co2"],
            "life_cycle_cost": float(article["life_cycle"]),
            "tier_ids": [
                Command.create({"minimum": start, "price": float(price)})
                for start, price in article["tiers"]
            ],
        }

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _analyse(self):
        """Return findings, articles, and the number of rows of the file."""
        try:
            tables = read_tables(base64.b64decode(self.with_context(bin_size=False).file))
        except UnreadableError as error:
            return [self._find("unreadable", kind=error.code)], [], 0
        found = read_price_list(tables, self.offer_currency_id.decimal_places)
        if found.with_vat and found.missing:
            return [self._find("with_vat", title=found.with_vat)], [], 0
        if found.missing:
            return [self._find("missing_columns", titles=found.missing)], [], 0
        if not found.rows:
            return [self._find("no_rows")], [], 0
        findings = [
            self._find(problem.code, row, column=problem.column, value=problem.value)
            for row in found.rows
            for problem in row.problems
        ]
        articles = self._group(found.rows)
        self._recognise(articles)
        for article in articles:
            findings += self._check_article(article)
        findings += self._check_doubles(articles)
        if not any(article["product"] for article in articles) and not findings:
            findings.append(self._find("nothing_bought"))
        if found.unread:
            findings.append(self._find("unread_columns", titles=found.unread, severity=WARNING))
        return findings, articles, len(found.rows)

    def _group(self, rows):
        """Return the articles: the rows of one reference."""
        grouped = defaultdict(list)
        for row in rows:
            if row.reference and not row.problems:
                grouped[row.reference].append(row)
        return [{"reference": reference, "rows": group} for reference, group in grouped.items()]

    def _recognise(self, articles):
        """Set the product of each article: by the supplier's reference, else by what it names."""
        by_reference = self._get_known_references()
        by_name = self._get_product_names()
        nothing = self.env["coop.purchase.campaign.product"]
        for article in articles:
            product = by_reference.get(key(article["reference"]))
            for row in article["rows"]:
                product = product or by_name.get(key(row.product))
            article["product"] = product or nothing

    def _get_known_references(self):
        """Return ``{reference: campaign product}`` of what this supplier offered or sold before."""
        bought = {one.product_id: one for one in self.campaign_id.sudo().product_ids}
        supplier = self.partner_id.commercial_partner_id
        # The latest offer says which reference is which product.
        lines = self._get_earlier_lines(
            self.campaign_id.sudo().product_ids.product_id,
            Domain("supplier_reference", "!=", False),
        )
        # Codes that the buyers noted at the products.
        codes = (
            self.env["product.supplierinfo"]
            .sudo()
            .search(
                [
                    ("partner_id", "child_of", supplier.ids),
                    ("product_code", "!=", False),
                    ("company_id", "in", (False, self.company_id.id)),
                ],
                order="id",
            )
        )
        known = {}
        for code in codes:
            for product in code.product_id or code.product_tmpl_id.product_variant_ids:
                if product in bought:
                    known[key(code.product_code)] = bought[product]
        for line in lines:
            known[key(line.supplier_reference)] = bought[line.product_id]
        return known

    def _get_product_names(self):
        """Return ``{name, code or barcode: campaign product}``, in all languages, of one only."""
        found = defaultdict(set)
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for one in self.campaign_id.sudo().product_ids:
            product = one.product_id
            names = {product.default_code, product.barcode}
            for lang in languages:
                names |= {product.with_context(lang=lang).name}
                names |= {product.with_context(lang=lang).display_name}
            for name in filter(None, names):
                found[key(name)].add(one)
        return {name: next(iter(ones)) for name, ones in found.items() if len(ones) == 1}

    # ------------------------------------------------------------------
    # Articles
    # ------------------------------------------------------------------

    def _check_article(self, article):
        """Set what an article offers, and return what is wrong with it."""
        rows, first = article["rows"], article["rows"][0]
        for name in ("pack", "capacity", "co2", "life_cycle"):
            values = {getattr(row, name) for row in rows} - {None}
            if len(values) > 1:
                return [self._find("disagreement", first, reference=first.reference, column=name)]
            article[name] = next(iter(values), 0)
        # "From 1" and "from 0" are the same: the first price.
        article["tiers"] = sorted((row.start if row.start > 1 else 0, row.price) for row in rows)
        if not article["product"]:
            return []
        findings = []
        problem = find_problem(article["tiers"])
        if problem:
            code, start = problem
            findings.append(
                self._find(
                    "tiers",
                    first,
                    reference=first.reference,
                    product=article["product"].id,
                    problem=code,
                    start=start,
                )
            )
        findings += self._check_pack(article, first)
        findings += self._check_unit(article)
        return findings

    def _check_pack(self, article, row):
        """Count a pack in steps of the campaign too; without one, it is a step."""
        step = Decimal(str(article["product"].step))
        steps = (article["pack"] or 0) / step if step else Decimal(0)
        article["steps"] = max(1, int(steps))
        if steps != int(steps):
            return [
                self._find(
                    "pack",
                    row,
                    pack=f"{article['pack'].normalize():f}",
                    product=article["product"].id,
                    step=f"{step.normalize():f}",
                )
            ]
        article["pack"] = article["steps"] * step
        return []

    def _check_unit(self, article):
        """Refuse prices for another unit than the one that members pledge in."""
        uom = article["product"].uom_id
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        names = {key(uom.with_context(lang=lang).name) for lang in languages}
        return [
            self._find(
                self._tell_unit(row.unit, uom), row, product=article["product"].id, unit=row.unit
            )
            for row in article["rows"]
            if row.unit and key(row.unit) not in names
        ]

    def _tell_unit(self, name, uom):
        """Return whether another unit measures the same."""
        other = self.env["uom.uom"].search([("name", "=ilike", name)], limit=1)
        same = not other or other._has_common_reference(uom)
        return "other_unit" if same else "other_measure"

    def _check_doubles(self, articles):
        """Refuse two references for one product: which of them is it?"""
        seen, findings = {}, []
        for article in articles:
            product = article["product"]
            if product and product in seen:
                findings.append(
                    self._find(
                        "double",
                        article["rows"][0],
                        first=seen[product]["reference"],
                        second=article["reference"],
                        product=product.id,
                    )
                )
            elif product:
                seen[product] = article
        return findings

    def _find(self, code, row=None, severity=ERROR, **facts):
        """Return the values of a finding; how it reads is said by ``_say_<code>`` of its model."""
        return {
            "severity": severity,
            "code": code,
            "facts": facts,
            "row": row.number if row else 0,
        }
