from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_activity_billing.controllers.portal_member import MemberPortal

EDITIONS, WORKGROUPS, MEETINGS = "/my/editions", "/my/workgroups", "/my/meetings"
# What an integer column of the database can hold; larger numbers in an address are not found.
ID = "<int(max=2147483647):%s>"
# So many of a kind a page shows at most.
MOST = 100


class GovernancePortal(MemberPortal):
    """What the pages share on which members decide together."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        person = request.env.user.partner_id
        for counter, model in (
            ("edition_count", "coop.edition"),
            ("workgroup_count", "coop.workgroup"),
        ):
            if counter in counters:
                records = self._open_records(model)
                values[counter] = records.search_count(records._get_visible_domain(person))
        return values

    def _open_records(self, model):
        # Found by what is open to the user only: members have no right on these models. What is
        # written here is the member's, not OdooBot's.
        return request.env[model].with_user(request.env.user).sudo()

    def _find_visible(self, model, record_id):
        """Return a record that the user may see, or answer that there is none."""
        records = self._open_records(model)
        visible = records._get_visible_domain(request.env.user.partner_id)
        return self._find_own(records, visible, record_id)

    def _prepare_governance_values(self, page_name):
        user = request.env.user
        return self._prepare_portal_layout_values() | {
            "page_name": page_name,
            # The seat of the cooperative stands for who never chose one.
            "zone": user.tz or user.company_id.sudo().partner_id.tz or "Europe/Brussels",
            "today": fields.Date.context_today(user),
        }

    # ------------------------------------------------------------------
    # Forms
    # ------------------------------------------------------------------

    def _check_lang(self, form):
        """Return what is wrong with the language of what was typed, by field."""
        if form["lang"] in dict(request.env["res.lang"].get_installed()):
            return {}
        return {"lang": request.env._("Choose the language in which you wrote.")}

    def _check_pace(self, purpose, forms_an_hour):
        """Count a form that holds; return what is wrong when there are too many, by field."""
        person = request.env.user.partner_id
        if request.env["coop.request.limit"]._take(purpose, person.id, forms_an_hour):
            return {}
        return {"form": request.env._("You sent many forms: go on in an hour.")}

    def _try(self, step):
        """Do what a form asks for; return what stands in the way, by field."""
        try:
            with request.env.cr.savepoint():
                step()
        except UserError as error:
            return {"form": str(error)}
        return {}

    def _search_languages(self):
        """Return the languages in which somebody can take part."""
        return request.env["res.lang"].sudo().search([("active", "=", True)])  # no secret

    def _search_coming_meetings(self, person):
        """Return the meetings to which somebody is invited, the next one first."""
        Meeting = self._open_records("coop.meeting")
        return Meeting.search(
            Meeting._get_disclosed_domain(person)
            & Domain("presence_ids.partner_id", "=", person.id)
            & Domain("state", "=", "convoked")
            & Domain("date_end", ">=", fields.Datetime.now()),
            order="date_start, id",
            limit=10,
        )

    def _send_kept_file(self, attachment):
        """Let the user download a file that was checked to be open to the user."""
        stream = request.env["ir.binary"].sudo()._get_stream_from(attachment)
        return stream.get_response(as_attachment=True)
