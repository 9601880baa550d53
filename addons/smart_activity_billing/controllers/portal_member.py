import uuid

from werkzeug.exceptions import NotFound

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.smart_membership.lib.typed_text import MAX_INTEGER, typed_token

from ..lib.typed_numbers import decimals_of, typed_number
from ..models.coop_budget_reservation import LARGEST_AMOUNT

PAGE_SIZE = 20
# Who knows a code or a name needs a few attempts; who lists the Activities of others needs more.
LOOKUPS_AN_HOUR = 60


class MemberPortal(CustomerPortal):
    """What the pages share on which members find what is theirs, and ask for something."""

    # ------------------------------------------------------------------
    # What is theirs
    # ------------------------------------------------------------------

    def _get_own_activities_domain(self):
        """Internal users may read more by their record rules: their own page shows their own."""
        return Domain("manager_ids", "in", request.env.user.partner_id.ids)

    def _search_own_activities(self, **kwargs):
        """Return the open Activities that the user manages, with superuser rights."""
        # By the own partner only: employees are members too.
        return (
            request.env["coop.activity"]
            .sudo()
            .search(self._get_own_activities_domain() & Domain("state", "=", "open"), **kwargs)
        )

    def _find_own(self, records, own, record_id):
        """Return what the user may see under this id, or answer that there is none.

        :param records: of the model, with the rights with which it is read
        :param own: the domain that finds what the user may see
        """
        if not 0 < record_id <= MAX_INTEGER:
            raise NotFound()
        record = records.search(Domain(own) & Domain("id", "=", record_id))
        if not record:
            raise NotFound()
        return record

    def _search_page(self, records, domain, url, page, order=None):
        """Return what one page lists of what the domain finds, and the pager to the others."""
        total = records.search_count(domain)
        pager = portal_pager(url=url, total=total, page=page, step=PAGE_SIZE)
        offset = max(pager["offset"], 0)
        return records.search(domain, order=order, limit=PAGE_SIZE, offset=offset), pager

    def _find_other_activity(self, company, text, purpose):
        """Return the Activity of others that the user means, and what is wrong otherwise.

        :param str purpose: under which these attempts are counted
        """
        env = request.env
        Activity = env["coop.activity"]
        if not env["coop.request.limit"]._take(purpose, env.user.partner_id.id, LOOKUPS_AN_HOUR):
            return Activity, env._("You looked for many Activities: try again in an hour.")
        found = Activity._find_exactly(company, text)
        if len(found) > 1:
            return Activity, env._("Several Activities have this name: fill in the code instead.")
        if not found:
            return Activity, env._(
                "No open Activity has this code or exactly this name. Ask its member for the code: "
                "it is on the page of the Activity and looks like A00012."
            )
        return found, None

    # ------------------------------------------------------------------
    # What they ask for
    # ------------------------------------------------------------------

    def _go_step(self, record, step, show, url):
        """Let the user go a step; what stands in the way is shown on the page.

        :param step: called with the record
        :param show: called with the ``error``, renders the page
        :param str url: where the step leads
        """
        try:
            with request.env.cr.savepoint():
                # With the user's own rights: the actions check whose step it is.
                step(record.with_user(request.env.user))
        except AccessError:
            raise NotFound() from None
        except UserError as error:
            return show(error=str(error))
        return request.redirect(url)

    def _read_token(self, text):
        """Return the token of a form; what is none of ours gets a new one."""
        return typed_token(text) or str(uuid.uuid4())

    def _read_date(self, text):
        try:
            return fields.Date.to_date((text or "").strip() or None)
        except ValueError:
            return None

    def _read_decimal(self, text):
        """Return the number that was typed, as a ``Decimal``; None where it is none."""
        lang = request.env["res.lang"]._get_data(code=request.env.lang)
        return typed_number(text, lang.decimal_point)

    def _read_money(self, text, currency, sample="125.50"):
        """Return the amount that was typed, as a ``Decimal``, and what is wrong with it.

        :param str sample: an amount as one types it here, in English; it is told as the reader
            writes it
        """
        env = request.env
        amount = self._read_decimal(text)
        if amount is None or not 0 < amount < LARGEST_AMOUNT:
            point = env["res.lang"]._get_data(code=env.lang).decimal_point or "."
            return None, env._(
                "Fill in an amount of more than zero, for example %(sample)s.",
                sample=sample.replace(".", point),
            )
        if decimals_of(amount) > currency.decimal_places:
            return None, env._(
                "Fill in an amount with at most %(decimals)s decimals.",
                decimals=currency.decimal_places,
            )
        return amount, None
