from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.http import content_disposition, request


class RegisterController(http.Controller):
    """What members and third parties may ask the register of shares."""

    @http.route("/membership/certificate", type="http", auth="public", website=True, readonly=True)
    def certificate(self, code=None, **kwargs):
        """Say whether the certificate with a code is true, and whether it still is."""
        certificate = request.env["coop.share.certificate"]._find(code)
        values = {"code": code, "certificate": certificate}
        return request.render("smart_membership.portal_certificate", values)

    @http.route("/my/shares/certificate", type="http", auth="user", methods=["POST"])
    def my_certificate(self, **kwargs):
        """Make a certificate of the own shares, and hand it out."""
        partner, company = self._get_holder()
        certificate = request.env["coop.share.certificate"]._issue(partner, company)
        return self._print("action_report_share_certificate", certificate)

    @http.route("/my/shares/extract", type="http", auth="user")
    def my_extract(self, **kwargs):
        """Hand out the own extract of the register."""
        partner, company = self._get_holder()
        # The extract is of the holder who asks for it, whatever else the caller sends.
        extract = (
            request.env["coop.share.extract"]
            .sudo()
            .create(
                {
                    "company_id": company.id,
                    "partner_id": partner.id,
                    "date": fields.Date.context_today(partner),
                    "with_movements": True,
                }
            )
        )
        return self._print("action_report_share_extract", extract)

    def _get_holder(self):
        """Return who is logged in, and the company whose register it is about."""
        partner = request.env.user.partner_id
        company = request.env.company
        Movement = request.env["coop.share.movement"]
        if not Movement.has_access("read") or not Movement.search_count(
            [
                ("company_id", "=", company.id),
                "|",
                ("partner_from_id", "=", partner.id),
                ("partner_to_id", "=", partner.id),
            ],
            limit=1,
        ):
            raise NotFound()
        return partner, company

    def _print(self, report, record):
        # Portal users print what is theirs; the template reads company and classes besides.
        report = request.env.ref(f"smart_membership.{report}").sudo()
        html_or_pdf, _type = report._render_qweb_pdf(report.report_name, res_ids=record.ids)
        name = f"{record._name.split('.')[-1]}.pdf"
        return request.make_response(
            html_or_pdf,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
