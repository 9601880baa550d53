from odoo import api, fields, models
from odoo.tools import SQL

from ..lib.chained_rows import acyclic_trigger


class CoopTraceLink(models.Model):
    """What led to what, with the text that was handed over; added, never changed or deleted.

    No link closes a circle: a trigger of the database looks, and of two sessions that would close
    one together, one waits for the number of its link and is replayed.
    """

    _name = "coop.trace.link"
    _description = "Link of a Trace"
    _inherit = ["coop.chained.mixin"]
    _log_access = False
    _rec_name = "number"
    _chained_columns = (
        "source_model",
        "source_id",
        "target_model",
        "target_id",
        "relation",
        "frozen_id",
    )

    source_model = fields.Char("From Model", required=True, readonly=True)
    source_id = fields.Many2oneReference(
        "From", model_field="source_model", required=True, readonly=True
    )
    target_model = fields.Char("To Model", required=True, readonly=True)
    target_id = fields.Many2oneReference(
        "To", model_field="target_model", required=True, readonly=True
    )
    relation = fields.Selection(
        [
            ("themed", "was the theme of"),
            ("asked", "was asked in"),
            ("merged", "was merged into"),
            ("split", "was split into"),
            ("reviewed", "was answered by the Board in"),
            ("replaced", "was decided anew in"),
            ("proposed", "led to the proposal"),
            ("decided", "was put to the vote in"),
            ("planned", "is carried out by"),
            ("part", "has the part"),
            ("advised", "was advised on in"),
            ("followed", "was followed by"),
        ],
        required=True,
        readonly=True,
    )
    frozen_id = fields.Many2one(
        "coop.frozen.text", "Text", required=True, readonly=True, index=True, ondelete="restrict"
    )

    _once = models.Constraint(
        "UNIQUE(source_model, source_id, target_model, target_id, relation)",
        "This was handed over already.",
    )
    _target_idx = models.Index("(target_model, target_id)")

    def init(self):
        super().init()
        self.env.cr.execute(SQL(acyclic_trigger(self._table, self._table)))

    @api.depends("number", "relation")
    def _compute_display_name(self):
        labels = dict(self._fields["relation"]._description_selection(self.env))
        for link in self:
            link.display_name = f"{link.number} {labels.get(link.relation, '')}".strip()

    @api.model
    def _of(self, record):
        """Return all links on the ways through a record: to what led to it, and what came of it.

        In one query, in the order in which they were recorded, as superuser: the way is open to all
        who may see one of its stations.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE back AS (
                    SELECT link.id, source_model, source_id FROM coop_trace_link link
                     WHERE target_model = %(model)s AND target_id = %(id)s
                     UNION
                    SELECT link.id, link.source_model, link.source_id FROM coop_trace_link link
                      JOIN back ON link.target_model = back.source_model
                               AND link.target_id = back.source_id
                ), forth AS (
                    SELECT link.id, target_model, target_id FROM coop_trace_link link
                     WHERE source_model = %(model)s AND source_id = %(id)s
                     UNION
                    SELECT link.id, link.target_model, link.target_id FROM coop_trace_link link
                      JOIN forth ON link.source_model = forth.target_model
                                AND link.source_id = forth.target_id
                )
                SELECT id FROM back UNION SELECT id FROM forth
                """,
                model=record._name,
                id=record.id,
            )
        )
        return self.sudo().browse(sorted(row_id for (row_id,) in rows))

    def _edges(self):
        """Return these links for ``lib.trace_way``: from, to, relation and hash of the text."""
        return [
            (
                (link.source_model, link.source_id),
                (link.target_model, link.target_id),
                link.relation,
                link.frozen_id.hash,
            )
            for link in self
        ]
