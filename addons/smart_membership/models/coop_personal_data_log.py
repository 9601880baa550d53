from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.kept_rows import keep_triggers


class CoopPersonalDataLog(models.Model):
    """That data of somebody were given out or erased: when, by whom, why and how many.

    It holds none of the data. The contact is named by its number only; where its name is kept,
    the contact itself says it. The database itself refuses to rewrite or to delete a line; only
    the link to the contact follows a merge or a deletion, and the end of the books is forgotten.
    """

    _name = "coop.personal.data.log"
    _description = "Export or Erasure of Personal Data"
    _inherit = ["coop.kept.mixin"]
    _order = "date desc, id desc"
    _rec_name = "contact_number"

    kind = fields.Selection(
        [("export", "Export"), ("erasure", "Erasure")], required=True, readonly=True
    )
    date = fields.Datetime("When", required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", "By", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Contact",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    contact_number = fields.Integer(required=True, readonly=True, aggregator=None)
    request_date = fields.Date("Asked on", readonly=True)
    reason = fields.Char(readonly=True)
    summary = fields.Text("What", readonly=True)
    keep_until = fields.Date(
        "Accounting Keeps until",
        readonly=True,
        index="btree_not_null",
        help="Name and address stay on documents of the books until then, and go afterwards.",
    )

    def init(self):
        triggers = keep_triggers(
            "coop_personal_data_log",
            self._table,
            "The log of exports and erasures only grows",
            movable=("partner_id", "write_uid", "write_date"),
            forgettable=("keep_until",),
        )
        self.env.cr.execute(SQL(triggers))

    @api.depends("kind", "contact_number")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for log in self:
            log.display_name = f"{kinds.get(log.kind, '')} {log.contact_number}"

    def _error_kept(self):
        return UserError(
            self.env._("The log of exports and erasures cannot be changed: it only grows.")
        )

    @api.model
    def _note(self, kind, partner, company, counts, **values):
        """Add a line.

        :param dict counts: number of records by what they are called
        """
        # Nobody has the right to add lines by hand.
        return self.sudo().create(
            {
                "kind": kind,
                "user_id": self.env.uid,
                "company_id": company.id,
                "partner_id": partner.id,
                "contact_number": partner.id,
                "summary": "\n".join(f"{label}: {count}" for label, count in counts.items()),
                **values,
            }
        )

    def _forget_keep_until(self):
        """Note that the time of the books is over, and the rest was erased."""
        self._change_kept({"keep_until": False})
