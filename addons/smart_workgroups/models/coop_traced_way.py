import json
from datetime import datetime

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date, format_datetime, formatLang


class CoopTracedMixin(models.AbstractModel):
    """The way as people read it: its stations in order, with their texts and hashes."""

    _inherit = "coop.traced.mixin"

    way = fields.Html("The Way", compute="_compute_way", sanitize=False)

    @api.depends_context("uid", "lang")
    def _compute_way(self):
        # Employees read the action plan: of its way they read what members read.
        user = self.env.user
        public = not any(
            user.has_group(f"smart_workgroups.group_governance_{name}")
            for name in ("user", "director")
        )
        for record in self:
            stations = record._get_way(public=public) if record._origin.id else []
            record.way = self.env["ir.qweb"]._render(
                "smart_workgroups.way", {"stations": stations, "is_office": True}
            )

    def _is_public(self):
        """Tell whether all members may read this station."""
        return True

    def _get_way_status(self):
        """Return how this stands, in words, for the picture of the way."""
        if "state" not in self._fields:
            return ""
        return dict(self._fields["state"]._description_selection(self.env)).get(self.state, "")

    def _get_way_date(self):
        """Return the day on which this came to be, where it has one of its own."""
        return None

    def _get_short_name(self):
        """Return what fits in a line on a phone."""
        return self.display_name

    def _get_way_url(self):
        """Return the page in the portal where members read more, if there is one."""
        return None

    def _get_way(self, public=False):
        """Return the stations of the way through this record, in order.

        :param bool public: leave out what members may not read yet
        :return: list of dictionaries, see below
        """
        self.ensure_one()
        links = self.env["coop.trace.link"]._of(self)
        way = self._trace()
        stations = []
        records = self._browse_stations(way)
        last = self._get_last_frozen(list(records))
        for entry in way:
            station = (entry["model"], entry["id"])
            record = records.get(station)
            if record is None or (public and not record._is_public()):
                continue
            incoming = links.filtered(
                lambda link, at=station: (link.target_model, link.target_id) == at
            )
            outgoing = links.filtered(
                lambda link, at=station: (link.source_model, link.source_id) == at
            )
            stations.append(
                {
                    "record": record,
                    "title": record.display_name,
                    # What a model is called is no secret.
                    "kind": self.env["ir.model"].sudo()._get(entry["model"]).name,
                    "relation": entry["relation"],
                    "sources": [
                        records[source].display_name
                        for link in incoming
                        if (source := (link.source_model, link.source_id)) in records
                    ],
                    "status": record._get_way_status(),
                    "url": record._get_way_url(),
                    "hash": entry["hash"],
                    "date": record._get_way_date() or (incoming or outgoing)[:1].recorded_at,
                    "text": outgoing[:1].frozen_id or last.get(station, links.frozen_id.browse()),
                    "is_here": station == self._station(),
                }
            )
        return stations

    def _browse_stations(self, way):
        """Return ``{(model, id): record}`` of those that exist, as superuser, in this language."""
        ids = {}
        for entry in way:
            ids.setdefault(entry["model"], []).append(entry["id"])
        return {
            (model, record.id): record
            for model, record_ids in ids.items()
            # What members may read of each is asked station by station.
            for record in self.env[model].sudo().browse(record_ids).exists()
        }

    def _export_way(self, public=True):
        """Return the way as data that can be checked: the SHA-256 of each proof is its hash."""
        stations = self._get_way(public=public)
        texts = self.env["coop.frozen.text"].sudo().union(*(one["text"] for one in stations))
        proofs = texts._get_proofs()
        return [
            {
                "model": station["record"]._name,
                "id": station["record"].id,
                "title": station["title"],
                "relation": station["relation"],
                "status": station["status"],
                "hash": station["hash"],
                "text": json.loads(station["text"].content) if station["text"] else False,
                "proof": proofs.get(station["text"].id, False),
            }
            for station in stations
        ]


class CoopFrozenText(models.Model):
    _inherit = "coop.frozen.text"

    def _get_paragraphs(self):
        """Return ``[(label, text)]`` of what was frozen, in the language of who reads it."""
        self.ensure_one()
        Model = self.env[self.res_model]
        rows = []
        for name in json.loads(self.content):
            field = Model._fields.get(name)
            value = self._read_text(name)
            # A currency is told beside its amounts.
            if not field or not value or field.comodel_name == "res.currency":
                continue
            rows.append((field._description_string(self.env), self._in_words(field, value)))
        return rows

    def _in_words(self, field, value):
        """Return a frozen value as its reader writes such values; it stays as it is."""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "html":
            # Sanitised when it was written, and nobody could change it since.
            return Markup(value)
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "datetime":
            user = self.env.user
            # The seat of the cooperative, which is no secret, stands for who never chose a zone.
            zone = user.tz or self.company_id.sudo().partner_id.tz or "Europe/Brussels"
            moment = datetime.fromisoformat(value)
            return format_datetime(self.env, moment, tz=zone, dt_format="short")
        if field.type == "monetary":
            currency = self._read_text(field.get_currency_field(self.env[self.res_model]))
            return f"{formatLang(self.env, value)} {currency}"
        return value
