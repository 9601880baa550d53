from odoo import api, models
from odoo.fields import Domain

from odoo.addons.smart_membership.models.coop_personal_data import Found
from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule

CASE = "coop.ethics.case"
# What is written in them, and around them, is the committee's.
COMMITTEE = (CASE, "coop.ethics.conflict", "coop.ethics.opinion", "coop.ethics.vote")
# What whoever asked reads in the portal too.
ASKED = ("name", "title", "question", "date_asked", "state", "date_published", "refusal_reason")


class CoopPersonalData(models.AbstractModel):
    """What the committee treated stays, with who asked and who voted."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_erasure_rules(self):
        committee = self.env._("what the ethics committee was asked, and how it decided")
        return super()._get_erasure_rules() | {
            "coop.ethics.case": Rule("keep", committee),
            "coop.ethics.conflict": Rule("keep", committee),
            "coop.ethics.vote": Rule("keep", committee),
        }

    def _find_in(self, model, links, anchors, companies):
        """Leave out what somebody brought before the committee: it is on its agenda only."""
        found = super()._find_in(model, links, anchors, companies)
        if model != "coop.meeting.point":
            return found
        Meeting = self.env["coop.meeting"]
        closed = Domain("meeting_id", "any!", ~Meeting._get_disclosed_domain())
        kept = [part._replace(records=part.records.filtered_domain(~closed)) for part in found]
        return [part for part in kept if part.records]

    @api.model
    def _get_own_fields(self, model, names):
        """A case is of who asked; a rapporteur has a part in it."""
        if model == CASE:
            return {"submitted_by_id"} & set(names)
        return super()._get_own_fields(model, names)

    @api.model
    def _get_field_names(self, record, partner):
        """Tell who asked what was asked, and who sits in the committee the own words.

        Whoever takes the data of others out reads no more of a case than its number.
        """
        if record._name not in COMMITTEE:
            return super()._get_field_names(record, partner)
        if self.env.user.partner_id != partner:
            return ["create_date"]
        return ASKED if record._name == CASE else super()._get_field_names(record, partner)

    def _tell_lines(self, records, partner):
        return {} if records._name in COMMITTEE else super()._tell_lines(records, partner)

    def _tell_messages(self, records):
        return {} if records._name in COMMITTEE else super()._tell_messages(records)

    def _add_files(self, records, partner, files, notes):
        if records._name in COMMITTEE:
            return {}
        return super()._add_files(records, partner, files, notes)

    def _tell_written(self, partner, found):
        """Leave out what was written on a case."""
        closed = [Found(self.env[model].sudo(), True, ()) for model in COMMITTEE]
        return super()._tell_written(partner, [*found, *closed])

    def _forget_chatter(self, records):
        """What the committee wrote on a case stays when who asked is erased."""
        if records._name not in COMMITTEE:
            super()._forget_chatter(records)
