from odoo import api, fields, models


class CoopGovernanceNotice(models.Model):
    """What somebody is to read of what they wrote or support: all of a day in one e-mail."""

    _name = "coop.governance.notice"
    _description = "Notice of What Became of Something"
    _inherit = ["coop.digest.mixin"]
    _order = "id"
    _rec_name = "kind"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("answered", "The Board answered"),
            ("renewed", "The Board decided anew"),
            ("proposed", "It led to a proposal"),
            ("decided", "The Assembly decided on it"),
            ("planned", "It is carried out"),
            ("moved", "There is news of what is done"),
        ],
        required=True,
        readonly=True,
    )

    _one_each = models.UniqueIndex(
        "(partner_id, res_model, res_id, kind) WHERE sent_on IS NULL", "Somebody is told once."
    )

    @api.model
    def _tell(self, people, record, kind):
        """Let people know of a record in their next digest; who waits for it already is not asked.

        :param people: ``res.partner``
        :param record: with ``_get_member_url``
        """
        # Notices are written by the system: nobody reads those of others.
        Notice = self.sudo()
        waiting = Notice.search(
            [
                ("partner_id", "in", people.ids),
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("kind", "=", kind),
                ("sent_on", "=", False),
            ]
        )
        return Notice.create(
            [
                {
                    "company_id": record.company_id.id,
                    "partner_id": person.id,
                    "res_model": record._name,
                    "res_id": record.id,
                    "kind": kind,
                }
                for person in people - waiting.partner_id
            ]
        )

    def _send_digest(self, person):
        rows = self.with_context(lang=person.lang)._get_digest_rows()
        if person.email_normalized and rows:
            template = self.env.ref("smart_workgroups.mail_template_governance_digest")
            template.with_context(
                coop_person_id=person.id,
                coop_person_name=person.name,
                coop_lang=person.lang,
                coop_rows=rows,
            ).send_mail(self[0].id, email_layout_xmlid="mail.mail_notification_light")
        self.sent_on = fields.Datetime.now()

    def _get_digest_rows(self):
        """Return what is told: title, what happened, where to read it."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        rows = []
        for notice in self:
            record = self.env[notice.res_model].browse(notice.res_id).exists()
            if record:
                rows.append(
                    {
                        "title": record.display_name,
                        "text": labels[notice.kind],
                        "url": f"{record.get_base_url()}{record._get_member_url()}",
                    }
                )
        return rows
