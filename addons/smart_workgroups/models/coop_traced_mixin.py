import json

from odoo import models
from odoo.exceptions import UserError

from ..lib.trace_way import reaches, tell_way


class CoopTracedMixin(models.AbstractModel):
    """A station on the way from a first idea to what is done.

    What is handed over is frozen with all its text (``coop.frozen.text``) and linked to what came
    of it (``coop.trace.link``): both stay for ever. A model that inherits this has a
    ``company_id``, and says in ``_frozen_fields`` what its text is.
    """

    _name = "coop.traced.mixin"
    _description = "On a Way that Can Be Traced"

    def _frozen_fields(self):
        """Return the names of the fields that are frozen when this is handed over."""
        return ["name"]

    def _freeze_text(self, kind):
        """Freeze the text of this record as it is now, in all its languages.

        :param str kind: the occasion, for example ``submitted``
        :return: the ``coop.frozen.text``, with its hash, as superuser
        """
        self.ensure_one()
        return self.env["coop.frozen.text"]._freeze(self, kind, self._frozen_fields())

    def _hand_over(self, target, relation):
        """Freeze the text of this record and link it to what comes of it.

        Rivals who hand over in the same company wait, and are replayed.

        :param target: a record with this mixin
        :param str relation: a value of ``coop.trace.link.relation``
        :return: the ``coop.trace.link``, as superuser
        :raise UserError: ``target`` led to this record: no way goes in a circle
        """
        self.ensure_one()
        target.ensure_one()
        # The number of the text makes rivals wait before anything is looked up.
        frozen = self._freeze_text(relation)
        Link = self.env["coop.trace.link"].sudo()
        if reaches(target._station(), self._station(), Link._of(target)._edges()):
            raise UserError(
                self.env._(
                    "%(origin)s cannot lead to %(target)s, which led to it: a way does not go in "
                    "a circle. Choose another one.",
                    origin=self.display_name,
                    target=target.display_name,
                )
            )
        return Link.create(
            {
                "company_id": self.company_id.id,
                "source_model": self._name,
                "source_id": self.id,
                "target_model": target._name,
                "target_id": target.id,
                "relation": relation,
                "frozen_id": frozen.id,
            }
        )

    def _is_text_locked(self, name, langs):
        """A language that was missing may follow what was decided in the others."""
        return not self._get_frozen_langs(name).isdisjoint(langs)

    def _get_frozen_langs(self, field_name):
        """Return the languages in which a text stays: those frozen last, and English always.

        As long as nothing was handed over, it is the one that counts.
        """
        frozen = (
            # Only which languages it has is asked.
            self.env["coop.frozen.text"]
            .sudo()
            .search(
                [("res_model", "=", self._name), ("res_id", "=", self.id)],
                order="number desc",
                limit=1,
            )
        )
        if frozen:
            return {"en_US", *json.loads(frozen.content).get(field_name, ())}
        stored = self._fields[field_name]._get_stored_translations(self) or {}
        lang = self._get_authentic_lang()
        # English stands for a text that was never written in its own language.
        return {lang if lang in stored else "en_US"}

    def _get_authentic_lang(self):
        """Return the code of the language in which the text counts."""
        return getattr(self, "authentic_lang", "en_US")

    def _station(self):
        self.ensure_one()
        return self._name, self.id

    def _trace(self):
        """Return the way through this record, both ways: what led to it and what came of it.

        :return: ``[{"model", "id", "relation", "hash"}]`` in the order of the way, this record
            among them; the relation is False where a way begins, and the hash is that of the
            frozen text which was handed over, or False where nothing is frozen yet
        """
        self.ensure_one()
        edges = self.env["coop.trace.link"]._of(self)._edges()
        stations = {self._station()} | {edge[0] for edge in edges} | {edge[1] for edge in edges}
        last = {station: text.hash for station, text in self._get_last_frozen(stations).items()}
        way = tell_way(self._station(), edges, last)
        return [
            {
                "model": model,
                "id": record_id,
                "relation": relation or False,
                "hash": digest or False,
            }
            for (model, record_id), relation, digest in way
        ]

    def _get_last_frozen(self, stations):
        """Return ``{(model, id): coop.frozen.text}``: the last one of each station."""
        frozen = (
            # The way is open to all who may see one of its stations.
            self.env["coop.frozen.text"]
            .sudo()
            .search(
                [
                    ("res_model", "in", [model for model, _id in stations]),
                    ("res_id", "in", [record_id for _model, record_id in stations]),
                ],
                order="number",
            )
        )
        return {(text.res_model, text.res_id): text for text in frozen}
