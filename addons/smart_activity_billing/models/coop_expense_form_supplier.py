from odoo import api, models

from ..lib.bill_file import read_bill

MAX_REFERENCE = 60


class CoopExpenseForm(models.AbstractModel):
    """The form of a supplier's bill: what its electronic file says need not be typed."""

    _inherit = "coop.expense.form"

    @api.model
    def _validate_expense(self, form, member, expense=None):
        payee = "supplier" if form.get("payee") == "supplier" else "member"
        if payee == "supplier":
            self._fill_in_from_bill(form, expense)
        values, errors = super()._validate_expense(form, member, expense)
        values["payee"] = payee
        values["reference"] = False
        if payee == "supplier":
            values["reference"] = self._validate_text(form, "reference", MAX_REFERENCE, errors)
            if not values["reference"]:
                errors["reference"] = self.env._("Fill in the number of the bill.")
            if not values["shop"]:
                errors["shop"] = self.env._("Fill in who is to be paid: the name of the supplier.")
        return values, errors

    def _fill_in_from_bill(self, form, expense):
        """Type in for the member what the electronic bill says, where nothing was typed."""
        kept = self.env["coop.expense"]._get_kept_files(form.get("token") or "")
        own = expense.attachment_ids if expense else kept.browse()
        contents = [content for _name, content in form["files"]]
        contents += [file.raw or b"" for file in kept | own]
        bill = next(filter(None, map(read_bill, contents)), None)
        if not bill:
            return
        point = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").decimal_point or "."
        said = {
            "shop": bill["supplier"],
            "date": bill["date"],
            "total": bill["total"].replace(".", point),
            "reference": bill["number"],
        }
        form.update({key: text for key, text in said.items() if not (form.get(key) or "").strip()})
