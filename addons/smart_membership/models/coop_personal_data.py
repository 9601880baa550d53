import re
from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import ormcache

# Who stands for the person: what points at one of these is about that person.
PARTNER = "res.partner"
MANAGER = "smart_membership.group_membership_manager"
# Machinery: what it holds of somebody is shown, or deleted, with the record that it belongs to.
MACHINERY = {
    "account.analytic.distribution.model",
    "account.analytic.line",
    "account.move.line",
    "account.reconcile.model",
    "account.reconcile.model.line",
    "discuss.channel.rtc.session",
    "ir.actions.server",
    "mail.followers",
    "mail.mail",
    "mail.message",
    "mail.message.reaction",
    "mail.notification",
    "mail.push.device",
    "mail.scheduled.message",
    "res.company",
    "res.partner",
    "res.partner.category",
    "res.users",
    "res.users.settings.volumes",
}


class Found(NamedTuple):
    """Records of one model that are about a person."""

    records: models.BaseModel  # with superuser rights, archived ones too
    own: bool  # False: the person has a part in what is first of all another's
    fields: tuple  # the names of the fields that say so


class CoopPersonalData(models.AbstractModel):
    """Where the data of a person stand: known by the fields that lead to a contact.

    A model of another addon is found by itself when it has a stored field to ``res.partner`` or
    ``coop.membership``. Extend this model for special cases; all its methods are private, and
    their callers check who asks.
    """

    _name = "coop.personal.data"
    _description = "Data of a Person"

    @api.model
    def _get_anchors(self):
        """Return ``{model: the field to the contact}`` of what stands for a person."""
        return {"coop.membership": "partner_id"}

    @api.model
    @ormcache()
    def _get_links(self):
        """Return ``{model: {target model: (field names)}}`` of all fields to a person."""
        targets = {PARTNER, *self._get_anchors()}
        links = {}
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto or name in MACHINERY:
                continue
            found = defaultdict(tuple)
            for field in model._fields.values():
                stored = field.store and not field.company_dependent
                relation = stored and field.type in ("many2one", "many2many")
                if relation and field.comodel_name in targets:
                    found[field.comodel_name] += (field.name,)
            if found:
                links[name] = dict(found)
        return links

    @api.model
    @ormcache()
    def _get_lines(self):
        """Return ``{model: {model of its lines: field to it}}``.

        Lines are what cannot be without its record and leads to no person by itself.
        """
        lines = defaultdict(dict)
        links = self._get_links()
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto:
                continue
            if name in links or name in MACHINERY:
                continue
            for field in model._fields.values():
                needed = field.type == "many2one" and field.store and field.required
                if needed and field.comodel_name in links:
                    lines[field.comodel_name][name] = field.name
        return dict(lines)

    @api.model
    def _get_own_fields(self, model, names):
        """Return which of these fields say that a record is first of all this person's."""
        first = {"partner_id", "membership_id"} & set(names)
        return first or set(names)

    @api.model
    def _check_manager(self, partner):
        """Check that the user may export and erase the data of others.

        :raise AccessError: who is no membership manager, or has no right on the contact
        """
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only a membership manager may export or erase the data of a person.")
            )
        partner.check_access("write")

    # ------------------------------------------------------------------
    # What there is of somebody
    # ------------------------------------------------------------------

    @api.model
    def _find(self, partner, companies):
        """Return a list of ``Found``, model by model, without the contact and its login.

        :param partner: the ``res.partner``
        :param companies: the ``res.company`` whose records are meant; shared records are too
        """
        partner = partner.sudo()  # callers check who asks; a person's data stand in many places
        anchors = {PARTNER: partner} | {
            model: self._all(model).search([(name, "=", partner.id)])
            for model, name in self._get_anchors().items()
        }
        found = []
        for model, links in self._get_links().items():
            found += self._find_in(model, links, anchors, companies)
        return found

    def _find_in(self, model, links, anchors, companies):
        Model = self._all(model)
        company = Domain.TRUE
        if "company_id" in Model._fields and Model._fields["company_id"].store:
            company = Domain("company_id", "in", [*companies.ids, False])
        by_field = {
            name: Model.search(company & Domain(name, "in", anchors[target].ids))
            for target, names in links.items()
            for name in names
            if anchors[target]
        }
        extra = self._get_extra_domain(model, anchors[PARTNER])
        own_fields = self._get_own_fields(
            model, [name for names in links.values() for name in names]
        )
        own = Model.search(company & extra) if extra is not None else Model.browse()
        for name in own_fields & by_field.keys():
            own |= by_field[name]
        others = Model.browse().union(*by_field.values()) - own
        names = tuple(name for name, records in by_field.items() if records)
        return [
            Found(records.sorted("id"), is_own, names)
            for records, is_own in ((own, True), (others, False))
            if records
        ]

    @api.model
    def _get_extra_domain(self, model, partner):
        """Return what finds records of a person that no field leads to, or None."""
        if model == "coop.membership.request" and partner.email_normalized:
            # Never accepted, so without a contact: the address was proven, and the name fits.
            return (
                Domain("partner_id", "=", False)
                & Domain("proven_at", "!=", False)
                & Domain("email", "=", partner.email_normalized)
                # Members type their own names: a percent sign in one must not match everybody.
                & Domain("name", "=ilike", re.sub(r"([\\%_])", r"\\\1", partner.name or ""))
            )
        return None

    def _all(self, model):
        """Return a model with the rights of the system, for archived records too."""
        return self.env[model].sudo().with_context(active_test=False)

    @api.model
    def _get_owners(self, record):
        """Return the contacts whose record it is, none when it is nobody's."""
        if record._name == PARTNER:
            return record
        if record._name == "res.users":
            return record.partner_id
        links = self._get_links().get(record._name, {})
        names = self._get_own_fields(record._name, [n for ns in links.values() for n in ns])
        owners = self.env[PARTNER].sudo()
        for fields in links.values():
            for name in fields:
                if name in names and record._fields[name].type == "many2one":
                    owners |= self._get_persons(record[name])
        return owners

    @api.model
    def _get_persons(self, records):
        """Return the contacts that these records, of a model that links lead to, stand for."""
        if records._name == PARTNER:
            return records
        return records.mapped(self._get_anchors()[records._name])
