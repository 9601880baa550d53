import uuid

from dateutil.relativedelta import relativedelta

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import format_date

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text, typed_token

from ..models.coop_payroll_announcement_portal import PAGE
from .portal import ActivityPortal

FORM_FIELDS = ("token", "activity_id", "month", "amount", "note")
# How far ahead the form looks; the back office may look further.
FORM_MONTHS = 6


class PayrollPortal(ActivityPortal):
    """Members announce what their salary will cost an Activity, and follow what was booked."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "payroll_announcement_count" in counters:
            # The card is for who has an Activity: the number itself says nothing.
            values["payroll_announcement_count"] = len(self._search_own_activities(limit=1))
        return values

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(
        [PAGE, f"{PAGE}/page/<int:page>"], type="http", auth="user", website=True, readonly=True
    )
    def portal_salaries(self, page=1, **kwargs):
        """List the announced salaries of the user, the latest month first."""
        Announcement = self._announcements()
        own = Announcement._get_own_domain(request.env.user.partner_id)
        announcements, pager = self._search_page(Announcement, own, PAGE, page)
        values = self._prepare_portal_layout_values() | {
            "page_name": "salaries",
            "announcements": announcements,
            "pager": pager,
            "can_announce": bool(self._search_own_activities(limit=1)),
        }
        return request.render("smart_activity_billing.portal_salaries", values)

    @http.route(
        f"{PAGE}/new", type="http", auth="user", website=True, methods=["GET"], readonly=True
    )
    def portal_salary_form(self, activity=None, **kwargs):
        """Show the form in which a member announces a salary."""
        form = dict.fromkeys(FORM_FIELDS, "")
        form |= {
            "token": str(uuid.uuid4()),
            "activity_id": str(typed_id(activity) or ""),
            "month": self._get_months()[0][0],
        }
        return self._render_salary_form(form, {})

    @http.route(f"{PAGE}/new", type="http", auth="user", website=True, methods=["POST"])
    def portal_salary_announce(self, **kwargs):
        """Announce a salary; what was typed is kept when something is wrong."""
        form = {name: typed_text(kwargs.get(name))[:2000] for name in FORM_FIELDS}
        token = typed_token(form["token"])
        form["token"] = self._read_token(token)
        if not token:
            # Not a form of ours: it is shown once more, with a token of its own.
            return self._render_salary_form(
                form, {"all": request.env._("The form had expired: send it once more.")}
            )
        Announcement = self._announcements()
        # A replay must not depend on what is possible by now: it leads to its first result.
        made = Announcement._find_by_token(request.env.user.partner_id, form["token"])
        if made:
            return request.redirect(f"{PAGE}/{made.id}")
        values, errors = self._read_salary_form(form)
        if errors:
            return self._render_salary_form(form, errors)
        try:
            with request.env.cr.savepoint():
                announcement = Announcement._request(form["token"], values)
        except UserError as error:
            return self._render_salary_form(form, {"all": str(error)})
        return request.redirect(f"{PAGE}/{announcement.id}?announced=1")

    @http.route(
        f"{PAGE}/<int:announcement_id>", type="http", auth="user", website=True, readonly=True
    )
    def portal_salary(self, announcement_id, **kwargs):
        """Show one announced salary to whose it is."""
        announcement = self._get_salary(announcement_id)
        return self._render_salary(announcement, just_announced=kwargs.get("announced") == "1")

    @http.route(
        f"{PAGE}/<int:announcement_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_salary_withdraw(self, announcement_id, **kwargs):
        """Withdraw what was announced; what was booked meanwhile is simply shown."""
        announcement = self._get_salary(announcement_id)
        try:
            with request.env.cr.savepoint():
                if announcement.state != "cancelled":
                    announcement._withdraw()
        except UserError as error:
            return self._render_salary(announcement, error=str(error))
        return request.redirect(f"{PAGE}/{announcement.id}")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _announcements(self):
        # Found by the own partner only: members have no right on announcements.
        return request.env["coop.payroll.announcement"].sudo()

    def _get_salary(self, announcement_id):
        """Return a salary of the user, with superuser rights, or answer that there is none."""
        Announcement = self._announcements()
        own = Announcement._get_own_domain(request.env.user.partner_id)
        return self._find_own(Announcement, own, announcement_id)

    def _get_months(self):
        """Return ``(key, name)`` of the months for which one may announce."""
        first = fields.Date.context_today(request.env.user).replace(day=1)
        months = [first + relativedelta(months=number) for number in range(FORM_MONTHS)]
        return [
            (f"{month:%Y-%m}", format_date(request.env, month, date_format="MMMM yyyy"))
            for month in months
        ]

    def _read_salary_form(self, form):
        """Return what the form says, and what is wrong with it by field."""
        env = request.env
        activity = self._search_own_activities().filtered(
            lambda activity: str(activity.id) == form["activity_id"]
        )
        errors = {}
        if not activity:
            errors["activity_id"] = env._("Choose which of your Activities pays.")
        if form["month"] not in dict(self._get_months()):
            errors["month"] = env._("Choose a month of the list.")
        currency = activity.currency_id or env.company.currency_id
        amount, error = self._read_money(form["amount"], currency, sample="2150.00")
        if error:
            errors["amount"] = error
        values = {
            "activity": activity,
            "month": f"{form['month']}-01",
            "amount": amount,
            "note": form["note"],
        }
        return values, errors

    def _render_salary_form(self, form, errors):
        values = self._prepare_portal_layout_values() | {
            "page_name": "salary_form",
            "own_activities": self._search_own_activities(),
            "months": self._get_months(),
            "form": form,
            "errors": errors,
        }
        return request.render(
            "smart_activity_billing.portal_salary_form", values, status=422 if errors else 200
        )

    def _render_salary(self, announcement, error=None, **values):
        values |= self._prepare_portal_layout_values() | {
            "page_name": "salary",
            "announcement": announcement,
            "currency": announcement.currency_id,
            "status": announcement._get_member_status(),
            "error": error,
        }
        return request.render(
            "smart_activity_billing.portal_salary", values, status=422 if error else 200
        )
