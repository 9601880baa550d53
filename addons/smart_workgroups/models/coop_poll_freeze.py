import secrets

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.ballot_choice import ANSWERS, MOST_OPTIONS
from ..lib.key_shares import MOST_PEOPLE
from ..lib.outcome import FORMAT, canonical_json, hash_of, roll_hash
from .coop_poll import FEWEST_VOTERS


class CoopPoll(models.Model):
    _inherit = "coop.poll"

    definition = fields.Text(readonly=True, copy=False, help="What was frozen, as it is hashed.")
    definition_hash = fields.Char("Hash of the Vote", readonly=True, copy=False)
    roll_count = fields.Integer("Members on the Roll", readonly=True, copy=False)

    def _decided_fields(self):
        return super()._decided_fields() | {
            "definition",
            "definition_hash",
            "roll_count",
            "date_roll",
            "annul_reason",
        }

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_freeze(self):
        """Freeze who may vote and on what, and draw the lots."""
        self.check_access("write")
        for poll in self:
            poll._take_turn()
            poll._check_state("draft")
            poll._prepare_answers()
            poll._check_prepared()
            poll.option_ids.sorted(lambda one: (one.sequence, one.id))._number()
            rows = poll._make_roll()
            definition = poll._prepare_definition(rows)
            poll._write_decision(
                {
                    "state": "frozen",
                    "definition": canonical_json(definition),
                    "definition_hash": hash_of(definition),
                    "roll_count": len(rows),
                    "date_roll": fields.Datetime.now(),
                }
            )
        return True

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _prepare_answers(self):
        """Give a resolution its three answers, in all languages."""
        if self.kind != "resolution":
            return
        self.option_ids.unlink()
        Option = self.env["coop.poll.option"]
        names = {"yes": lambda env: env._("Yes"), "no": lambda env: env._("No")}
        names["abstain"] = lambda env: env._("I abstain")
        for place, answer in enumerate(ANSWERS):
            option = Option.with_context(lang=None).create(
                {"poll_id": self.id, "sequence": place, "name": names[answer](self.env)}
            )
            for code, _name in self.env["res.lang"].get_installed():
                translated = option.with_context(lang=code)
                translated.name = names[answer](translated.env)

    def _check_prepared(self):
        """Refuse to freeze what could not be voted on or counted."""
        # Candidates of an election come on the ballot at this moment.
        self._check_scrutineers()
        # What is put to the vote can be read by all who vote.
        self.resolution_id._check_translations()
        self.resolution_id.proposal_id._check_translations()
        self._check_translations()
        self.option_ids.filtered("text")._check_translations()
        missing = self._find_missing()
        if missing:
            raise UserError(
                self.env._(
                    "%(poll)s cannot be frozen yet: %(missing)s",
                    poll=self.display_name,
                    missing=missing,
                )
            )

    def _find_missing(self):
        """Return what still has to be done, or nothing."""
        people = len(self.scrutineer_ids)
        if not 1 <= people <= MOST_PEOPLE:
            return self.env._("name between 1 and %(most)s scrutineers.", most=MOST_PEOPLE)
        if not 1 <= self.shares_needed <= people:
            return self.env._(
                "of %(people)s scrutineers, between 1 and %(people)s are needed to open the "
                "ballots.",
                people=people,
            )
        if self.kind == "resolution" and not self.class_id:
            return self.env._("choose the rule by which it is adopted.")
        if self.kind != "resolution" and not self.option_ids:
            return self.env._("add the candidates.")
        if len(self.option_ids) > MOST_OPTIONS:
            return self.env._("at most %(most)s candidates fit on a ballot.", most=MOST_OPTIONS)
        reserved = set(self._get_reserved())
        unplaced = self.option_ids.filtered(lambda one: reserved and not one.category)
        if unplaced:
            return self.env._(
                "%(candidate)s has no category, and some seats belong to one.",
                candidate=unplaced[0].name,
            )
        return None

    def _is_by_category(self):
        return self.kind == "resolution" and self.class_id.by_category

    def _search_roll_members(self):
        """Return the memberships with a vote, in the order of their numbers."""
        return self.assembly_id._search_electorate(self.company_id)

    def _make_roll(self):
        """Write who may vote, and return the rows as number and category."""
        members = self._search_roll_members()
        if len(members) < FEWEST_VOTERS:
            raise UserError(
                self.env._(
                    "%(poll)s has %(count)s voters: of fewer than %(least)s a secret vote would "
                    "tell who voted what. Vote by open hand.",
                    poll=self.display_name,
                    count=len(members),
                    least=FEWEST_VOTERS,
                )
            )
        by_category = self._is_by_category()
        rows = [
            (member.partner_id.id, member.number, (by_category and member.category_code) or None)
            for member in members
        ]
        self._write_roll(rows)
        self._check_categories(members if by_category else members.browse())
        return [(number, category or "") for _partner_id, number, category in rows]

    def _write_roll(self, rows):
        """Write contact, number and category of each voter, in one statement."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO coop_poll_roll (poll_id, partner_id, number, category, state)
                SELECT %s, partner_id, number, category, 'eligible'
                FROM unnest(%s::int[], %s::int[], %s::text[])
                    AS voter (partner_id, number, category)
                ORDER BY number
                """,
                self.id,
                *(list(column) for column in zip(*rows, strict=True)),
            )
        )
        self.env["coop.poll.roll"].invalidate_model(flush=False)

    def _check_categories(self, members):
        for category, group in members.grouped("category_id").items():
            if len(group) < FEWEST_VOTERS:
                raise UserError(
                    self.env._(
                        "%(poll)s is counted by category, and %(category)s has %(count)s voters: "
                        "of fewer than %(least)s it would tell who voted what.",
                        poll=self.display_name,
                        category=category.name,
                        count=len(group),
                        least=FEWEST_VOTERS,
                    )
                )

    def _prepare_definition(self, rows):
        """Return what is frozen, hashed and published."""
        options = self.option_ids.sorted("number")
        lots = [option.number for option in options]
        election = self.kind != "resolution"
        if election:
            # By the operating system's source of chance, before anybody voted.
            secrets.SystemRandom().shuffle(lots)
        rule = None if election else self.class_id._get_rule_for(self.assembly_id, self)
        categories = {}
        for _number, category in rows:
            if category:
                categories[category] = categories.get(category, 0) + 1
        return {
            "format": FORMAT,
            "poll": self.name,
            "company": self.company_id.name,
            "title": self._in_languages(self, "title"),
            "text": self._in_languages(self, "text"),
            "kind": self.kind,
            "options": [
                {
                    "number": option.number,
                    "name": self._in_languages(option, "name"),
                    "category": option.category or "",
                }
                for option in options
            ],
            "seats": self.seats if election else 0,
            "max_marks": self.max_marks if self.kind == "plurality" else len(options),
            "reserved": self._get_reserved() if election else {},
            "lot_order": lots if election else [],
            "rule": rule and rule.as_dict(),
            "categories": categories,
            "roll_count": len(rows),
            "roll_hash": roll_hash(rows),
            "scrutineers": len(self.scrutineer_ids),
            "shares_needed": self.shares_needed,
            "publish_ballots": self.publish_ballots,
            # So that two votes never have one hash.
            "salt": secrets.token_hex(16),
        }

    def _in_languages(self, record, name):
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        return {code: record.with_context(lang=code)[name] or "" for code in sorted(languages)}

    def _read_roll(self):
        """Return the rows of the roll as the database has them: number, category, state."""
        self.env["coop.poll.roll"].flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT number, COALESCE(category, ''), state FROM coop_poll_roll "
                "WHERE poll_id = %s ORDER BY number",
                self.id,
            )
        )
        return self.env.cr.fetchall()
