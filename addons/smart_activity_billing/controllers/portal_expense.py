import uuid

from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_text

from ..models.coop_expense_receipt import DuplicateError
from .portal_invoice_form import ActivityInvoiceFormPortal

# Some photos of a telephone, and room for all that can be typed in the form.
MAX_EXPENSE_BYTES = 60 * 1024 * 1024
EXPENSE_FIELDS = (
    "token",
    "activity_id",
    "product_id",
    "shop",
    "date",
    "total",
    "vat_rate",
    "description",
    "duplicate_confirmed",
    "payee",
    "reference",
)
PAGE = "/my/expenses"
EXPENSE_TOO_LARGE = "smart_activity_billing.portal_expense_too_large"


class ExpensePortal(ActivityInvoiceFormPortal):
    """A member hands in what was paid for an Activity, and follows it until it is paid back."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "coop_expense_count" in counters:
            domain = self._get_own_expenses_domain()
            # Found by the own partner, as on all pages of expenses.
            values["coop_expense_count"] = request.env["coop.expense"].sudo().search_count(
                domain
            ) or len(self._get_expense_activities())
        return values

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(
        [PAGE, f"{PAGE}/page/<int:page>"], type="http", auth="user", website=True, readonly=True
    )
    def portal_expenses(self, page=1, **kwargs):
        """List the expenses of the user, what asks for something first."""
        Expense = request.env["coop.expense"].sudo()  # found by the own partner
        expenses, pager = self._search_page(
            Expense, self._get_own_expenses_domain(), PAGE, page, order="id desc"
        )
        values = self._prepare_portal_layout_values() | {
            "page_name": "coop_expense",
            "expenses": expenses,
            "can_hand_in": bool(self._get_expense_activities()),
            "pager": pager,
        }
        return request.render("smart_activity_billing.portal_expenses", values)

    @http.route(f"{PAGE}/<int:expense_id>", type="http", auth="user", website=True, readonly=True)
    def portal_expense(self, expense_id, **kwargs):
        """Show an expense to the member."""
        expense = self._get_own_expense(expense_id)
        return self._render_expense(expense, just_submitted=kwargs.get("submitted") == "1")

    @http.route(
        f"{PAGE}/<int:expense_id>/files/<int:file_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_expense_file(self, expense_id, file_id, **kwargs):
        """Show a receipt of the own expense."""
        expense = self._get_own_expense(expense_id)
        file = expense.attachment_ids.filtered(lambda file: file.id == file_id)
        if not file:
            raise NotFound()
        return self._make_download(file.name, file.raw, file.mimetype)

    @http.route(
        f"{PAGE}/<int:expense_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_expense_withdraw(self, expense_id, **kwargs):
        """Withdraw what nobody decided on; what was decided meanwhile is shown with a message."""
        expense = self._get_own_expense(expense_id)
        try:
            with request.env.cr.savepoint():
                expense._withdraw()
        except UserError as error:
            return self._render_expense(expense, error=str(error))
        return request.redirect(f"{PAGE}/{expense.id}")

    # ------------------------------------------------------------------
    # The form
    # ------------------------------------------------------------------

    @http.route(
        f"{PAGE}/new",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
        max_content_length=MAX_EXPENSE_BYTES,
        too_large_page=EXPENSE_TOO_LARGE,
    )
    def portal_expense_new(self, activity_id="", payee="", **kwargs):
        """Show the form of a new expense or of a supplier's bill, and take it in."""
        if request.httprequest.method != "POST":
            form = self._get_empty_expense_form() | {
                "activity_id": typed_text(activity_id),
                "payee": typed_text(payee),
            }
            if form["payee"] == "supplier":
                form["date"] = ""  # the electronic bill says it
            return self._render_expense_form(form, {}, None)
        return self._handle_expense_form(None)

    @http.route(
        f"{PAGE}/<int:expense_id>/edit",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
        max_content_length=MAX_EXPENSE_BYTES,
        too_large_page=EXPENSE_TOO_LARGE,
    )
    def portal_expense_edit(self, expense_id, **kwargs):
        """Correct an expense that was refused, and hand it in again."""
        expense = self._get_own_expense(expense_id)
        if expense.state != "refused":
            return request.redirect(f"{PAGE}/{expense.id}")
        if request.httprequest.method != "POST":
            return self._render_expense_form(self._get_expense_form_of(expense), {}, expense)
        return self._handle_expense_form(expense)

    def _handle_expense_form(self, expense):
        """Hand the form in, or show it again with all errors, all that was typed and its files."""
        member = request.env.user.partner_id
        Expense = request.env["coop.expense"]
        form = self._read_expense_form()
        # A replay must not depend on what is valid by now: it leads to its first result.
        made = not expense and form["token"] and Expense._find_by_token(form["token"], member)
        if made:
            return request.redirect(f"{PAGE}/{made.id}?submitted=1")
        values, errors = request.env["coop.expense.form"]._validate_expense(form, member, expense)
        if not errors:
            try:
                with request.env.cr.savepoint():
                    if expense:
                        expense._hand_in_again(values, member)
                    else:
                        expense = Expense._hand_in_form(values, member)
                return request.redirect(f"{PAGE}/{expense.id}?submitted=1")
            except UserError as error:
                errors["all"] = str(error)
                form["ask_duplicate"] = isinstance(error, DuplicateError)
        if "token" in errors:
            form["token"] = str(uuid.uuid4())
        return self._render_expense_form(form, errors, expense)

    def _read_expense_form(self):
        """Return what was typed, as texts; only known fields are read."""
        posted = request.httprequest.form
        return {
            **{key: typed_text(posted.get(key)) for key in EXPENSE_FIELDS},
            "removed_files": posted.getlist("removed_files"),
            "files": [
                (typed_text(file.filename), self._read_file(file))
                for file in request.httprequest.files.getlist("files")
                if file.filename
            ],
        }

    def _get_empty_expense_form(self):
        today = fields.Date.context_today(request.env["coop.expense"])
        return dict.fromkeys(EXPENSE_FIELDS, "") | {
            "token": str(uuid.uuid4()),
            "date": str(today),
            "removed_files": [],
        }

    def _get_expense_form_of(self, expense):
        """Return the form as if the member had just typed this expense."""
        lang = request.env["res.lang"]._get_data(code=request.env.lang)
        rate = f"{expense.tax_ids[:1].amount:g}"
        if expense.tax_ids <= expense.product_id.supplier_taxes_id and expense.tax_ids:
            rate = ""  # as usual for the category
        return self._get_empty_expense_form() | {
            "activity_id": str(expense.activity_id.id),
            "product_id": str(expense.product_id.id),
            "shop": expense.shop,
            "date": str(expense.date),
            "total": f"{expense.total:.2f}".replace(".", lang.decimal_point or "."),
            "vat_rate": rate,
            "description": expense.description or "",
            "payee": expense.payee,
            "reference": expense.reference or "",
        }

    def _render_expense_form(self, form, errors, expense):
        Form = request.env["coop.expense.form"]
        activities = self._get_expense_activities()
        categories = Form._get_categories(activities.company_id)
        kept = request.env["coop.expense"]._get_kept_files(form["token"])
        values = self._prepare_portal_layout_values() | {
            "page_name": "coop_expense",
            "form": form,
            "errors": errors,
            "expense": expense,
            "own_activities": activities,
            "categories": categories,
            "rates": [f"{rate:g}" for rate in Form._get_rates(categories)],
            "kept_files": kept | (expense.attachment_ids if expense else kept.browse()),
            "currency": activities[:1].currency_id or request.env.company.currency_id,
        }
        return request.render(
            "smart_activity_billing.portal_expense_form", values, status=422 if errors else 200
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_own_expenses_domain(self):
        me = request.env.user.partner_id
        return request.env["coop.expense"]._get_own_domain(me)

    def _get_expense_activities(self):
        me = request.env.user.partner_id
        return request.env["coop.expense.form"]._get_activities(me)

    def _get_own_expense(self, expense_id):
        """Return an expense of the user, in sudo, or answer that there is none."""
        # Found by the own partner: employees are members too, without a right on expenses.
        Expense = request.env["coop.expense"].sudo()
        return self._find_own(Expense, self._get_own_expenses_domain(), expense_id)

    def _render_expense(self, expense, **values):
        values |= self._prepare_portal_layout_values() | {
            "page_name": "coop_expense",
            "expense": expense,
            "status": expense._get_member_status(),
            "steps": expense._get_member_steps(),
            "currency": expense.currency_id,
        }
        return request.render("smart_activity_billing.portal_expense", values)
