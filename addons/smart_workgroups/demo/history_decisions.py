"""What the Assemblies decided in the history, and how it is carried out."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command

from .history_actions import ASSEMBLIES, PROPOSALS
from .history_reports import REPORTS
from .teller import Teller


class Decisions(Teller):
    """Tells of Assemblies and of the action plan: who tells the history knows the rest."""

    def decide(self, key):
        """Put proposals before an Assembly, record what it adopted, and plan that."""
        name, day, there = ASSEMBLIES[key]
        assembly = self.make(
            "coop.assembly",
            [{"company_id": self.company.id, "date": day}],
            [{"name": name}],
        )
        # Held long before its steps were kept here.
        assembly._write_decision({"state": "closed"})
        own = {one: facts for one, facts in PROPOSALS.items() if facts["assembly"] == key}
        proposals = self.make(
            "coop.proposal",
            [
                {
                    "company_id": self.company.id,
                    "cost": facts["cost"],
                    "owner_id": self.env.user.partner_id.id,
                    "recommendation_ids": [
                        Command.set([self.recommendations[one].id for one in facts["of"]])
                    ],
                }
                for facts in own.values()
            ],
            [
                {name: facts[name] for name in ("name", "purpose", "means")}
                for facts in own.values()
            ],
        )
        proposals.action_ready()
        resolutions = self.vote(assembly, there, proposals, own.values())
        if "rate" in own:
            rates = self.env["coop.contribution.rate"]._get_rates(self.company)
            rates.resolution_id = resolutions[list(own).index("rate")]
        self.plan(resolutions, own.values(), day)

    def vote(self, assembly, there, proposals, facts):
        """Record the figures of the votes; who neither said yes nor no abstained."""
        ordinary = self.env.ref("smart_workgroups.resolution_class_ordinary")
        rows = []
        for place, (proposal, own) in enumerate(zip(proposals, facts, strict=True)):
            pro, contra = own["votes"]
            rows.append(
                {
                    "company_id": self.company.id,
                    "assembly_id": assembly.id,
                    "proposal_id": proposal.id,
                    "class_id": ordinary.id,
                    "sequence": place,
                    "present": there[0],
                    "represented": there[1],
                    "votes_for": pro,
                    "votes_against": contra,
                    "abstained": sum(there) - pro - contra,
                }
            )
        texts = [{"name": own["name"], "text": own["purpose"]} for own in facts]
        resolutions = self.make("coop.resolution", rows, texts)
        resolutions.action_record()
        return resolutions

    def plan(self, resolutions, facts, day):
        """Plan a programme for each resolution, with its parts and what was reported on them."""
        programmes = self.make(
            "coop.action",
            [
                {
                    "company_id": self.company.id,
                    "level": "programme",
                    "sequence": place,
                    "resolution_id": resolution.id,
                    "owner_id": self.env.user.partner_id.id,
                    "horizon": own["horizon"],
                    "date_start": day,
                    "state": "running",
                }
                for place, (resolution, own) in enumerate(zip(resolutions, facts, strict=True))
            ],
            [{"name": own["name"], "description": own["purpose"]} for own in facts],
        )
        for programme, own in zip(programmes, facts, strict=True):
            if "parts" in own:
                self.plan_parts(programme, own["parts"], day)
            self.report(programme, own)

    def plan_parts(self, programme, parts, day):
        """Plan the parts of a programme, each with an owner."""
        actions = self.make(
            "coop.action",
            [
                {
                    "company_id": self.company.id,
                    "parent_id": programme.id,
                    "sequence": place,
                    "owner_id": next(self.owners).id,
                    "horizon": part["horizon"],
                    "weight": part["weight"],
                    "date_start": day,
                }
                for place, part in enumerate(parts)
            ],
            [{"name": part["name"]} for part in parts],
        )
        for action, part in zip(actions, parts, strict=True):
            self.report(action, part)
            action.state = part["state"]
            if part["state"] != "done":
                action.review_on = self.today + relativedelta(months=6 * part["weight"])
        if all(part["state"] == "done" for part in parts):
            programme.state = "done"

    def report(self, action, facts):
        """Report how far an action was, and whether it worked where that was asked."""
        progress = 0
        for when, progress, text in facts.get("reports", ()):
            day = self.today - timedelta(days=when) if isinstance(when, int) else when
            update = action._report(text, progress, fields.Date.to_date(day))
            languages = (text, *REPORTS[text])
            update._add_languages({code: languages[number] for number, code in self.langs.items()})
        if progress == 100:
            action.state = "done"
        if "review" in facts:
            asked, result, note = facts["review"]
            action.write({"review_on": asked, "review_result": result, "review_note": note[0]})
            self.translate(action, "review_note", note)
