"""Who would like another result of a vote, and what stands in the way: each test is an attempt."""

import copy
import json

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .attack_common import AttackCase


@tagged("post_install", "-at_install")
class TestForgedPublication(AttackCase):
    """What is downloaded is not what was voted: ``verify.py`` says so."""

    def setUp(self):
        super().setUp()
        _poll, _receipts, self.data = self._held(votes=[[1], [1], [1], [2], [2], [3]])

    def _forged(self, change):
        data = copy.deepcopy(self.data)
        change(data)
        return data

    def _recounted(self, data):
        """Return data with the result that its own figures give."""
        ballots = [
            self.verify.read_choice(one["choice"], data["definition"]) for one in data["ballots"]
        ]
        data["result"] = self.verify.recount(data, ballots)
        return data

    def test_votes_on_papers_that_nobody_has(self):
        for paper in (
            {"votes": {"2": 50}},
            {"votes": {"1": -2}},
            {"blank": 3},
            {"spoilt": -1},
            {"votes": {"7": 1}},
            {"votes": {"2": True}},
            {"found": 9},
        ):
            with self.subTest(paper):
                data = self._forged(lambda data, paper=paper: data["paper"].update(paper))
                self.assert_named(self._recounted(data), "cannot come from 0 papers")

    def test_ballots_that_are_left_out(self):
        def hide(data):
            data["ballots"] = None
            data["result"].update(outcome="rejected", reasons=[])

        self.assert_named(self._forged(hide), "the ballots are left out")

    def test_more_ballots_of_a_category_than_voters(self):
        def move(data):
            data["definition"]["categories"] = {"user": 1, "staff": 7}
            for ballot in data["ballots"]:
                ballot["choice"] = f"user:{ballot['choice']}"

        self.assert_named(self._forged(move), "6 ballots are of the category user, which has 1")

    def test_a_line_that_is_there_twice(self):
        """People read the first one, programs count the last one."""
        text = json.dumps(self.data)
        self.assertEqual(json.loads(text, object_pairs_hook=self.verify.once), self.data)
        forged = '{"result": {"outcome": "rejected"}, ' + text[1:]
        with self.assertRaisesRegex(ValueError, "is there twice"):
            json.loads(forged, object_pairs_hook=self.verify.once)


@tagged("post_install", "-at_install")
class TestTurnedVote(AttackCase):
    """A vote that was held becomes one about something else, or by another rule."""

    def test_the_vote_goes_to_another_resolution(self):
        """Half of the votes would change the statutes, which want three quarters."""
        own, other = self._resolution(), self._resolution(class_id=self.statutes.id)
        poll, words = self._open(resolution_id=own.id)
        for voter, marks in zip(self.voters, [[1], [1], [1], [2], [2]], strict=False):
            poll._cast(voter, marks)
        self._count(poll, words, publish=False)
        for vals in (
            {"resolution_id": other.id},
            {"resolution_id": False},
            {"assembly_id": self._assembly().id},
        ):
            with self.subTest(vals), self.refuses(UserError, "cannot be changed by hand"):
                poll.write(vals)
        with self.refuses(UserError, "cannot be changed by hand"):
            self._assembly().poll_ids = [Command.link(poll.id)]

    def test_the_resolution_changes_under_the_vote(self):
        resolution = self._resolution(text="<p>For a million.</p>")
        poll, words = self._open(resolution_id=resolution.id)
        other = {
            "text": "<p>For a song.</p>",
            "name": "Sell all houses",
            "class_id": self.statutes.id,
        }
        for moment in ("open", "published"):
            for name, value in other.items():
                with (
                    self.subTest(moment=moment, name=name),
                    self.refuses(UserError, "cannot be changed by hand"),
                ):
                    resolution[name] = value
            if moment == "open":
                for voter in self.voters[:5]:
                    poll._cast(voter, [1])
                self._count(poll, words)
        self.assertEqual(poll.state, "published")

    def test_a_second_vote_about_what_was_voted_on(self):
        """Whoever does not like a secret vote would let hands be raised."""
        assembly = self._open_assembly()
        self._come(assembly, *self.voters[:3])
        resolution = self._resolution()
        named = self._named(resolution_id=resolution.id)
        poll, words = self._open(resolution_id=resolution.id)
        with self.refuses(UserError, "is about Sell the house and not over"):
            named.action_open()
        for voter in self.voters[:5]:
            poll._cast(voter, [2])
        self._count(poll, words)
        with self.refuses(UserError, "The members decided on Sell the house by"):
            named.action_open()
        with self.refuses(UserError, "The members decided on Sell the house by"):
            self._poll(resolution_id=resolution.id).action_freeze()
        poll._annul("A wrong roll")
        named.action_open()

    def test_the_rule_changes_after_the_convocation(self):
        manager = self._user("attack_manager", "smart_workgroups.group_governance_manager")
        statutes = self.statutes.with_user(manager)
        assembly = self._open_with_statutes()
        for vals in ({"majority_numerator": 1}, {"quorum": "none"}, {"strict": True}):
            with self.subTest(vals), self.refuses(UserError, "Yearly Assembly.* decides by"):
                statutes.write(vals)
        statutes.write({"sequence": 3, "majority_numerator": statutes.majority_numerator})
        assembly._write_decision({"state": "closed"})
        statutes.majority_numerator = 2
        self._named(class_id=statutes.id).action_open()
        with self.refuses(UserError, "By hand .*decides by"):
            statutes.majority_numerator = 3

    def test_a_vote_on_the_agenda_changes_after_the_convocation(self):
        poll = self._poll(class_id=self.statutes.id)
        assembly = self._assembly(
            point_ids=[Command.create({"kind": "vote", "poll_id": poll.id})],
        )
        poll.assembly_id = assembly
        assembly.action_convoke()
        self.assertEqual(assembly.point_ids.class_id, self.statutes)
        other = {"class_id": self.ordinary.id, "title": "Trees", "assembly_id": False}
        for name, value in other.items():
            with self.subTest(name), self.refuses(UserError, "cannot be changed by hand"):
                poll[name] = value
        self.env["res.lang"]._activate_lang("fr_BE")
        french = poll.with_context(lang="fr_BE")
        with self.refuses(UserError, "cannot be changed by hand"):
            french.update_field_translations("title", {"en_US": "Trees"})
        french.title = "Des arbres"
        poll.shares_needed = 3
        self.assertEqual((poll.title, french.title), ("More trees", "Des arbres"))

    def test_options_of_an_open_vote(self):
        """By the way of a context, of another vote, or of a translation."""
        poll, _words = self._open("plurality", ("Ann", "Bob"), text="Who leads us?")
        Option = self.env["coop.poll.option"].with_user(self.secretary)
        other = self._poll("plurality", ("Zoe",))
        with self.refuses(UserError, "are frozen"):
            Option.with_context(default_poll_id=poll.id).create({"name": "Zoe"})
        with self.refuses(UserError, "are frozen"):
            other.option_ids.poll_id = poll
        for name in ("name", "text"):
            with self.subTest(name), self.refuses(UserError, "are frozen"):
                poll.option_ids[0].update_field_translations(name, {"en_US": "Ann, a liar"})


@tagged("post_install", "-at_install")
class TestPapersOfOthers(AttackCase):
    def _count_of(self, user, poll):
        Count = self.env["coop.poll.paper.count"].with_user(user)
        count = Count.create({"poll_id": poll.id, "bundle": "A", "ballots": 2})
        count.line_ids.filtered(lambda one: one.number == 1).votes = 2
        return count

    def test_one_person_counts_for_two(self):
        second = self._user("attack_second", "smart_workgroups.group_governance_user")
        poll, words = self._open()
        for voter in self.voters[:2]:
            poll._mark_paper(voter)
        other, own = self._count_of(second, poll), self._count_of(self.secretary, poll)
        Line = self.env["coop.poll.paper.line"].with_user(self.secretary)
        line = other.line_ids[0].with_user(self.secretary)
        with self.refuses(UserError, "was counted by"):
            line.unlink()
        values = {"count_id": other.id, "option_id": line.option_id.id, "votes": 1}
        other.line_ids[0].unlink()
        with self.refuses(UserError, "was counted by"):
            Line.create(values)
        with self.refuses(UserError, "was counted by"):
            own.line_ids[0].count_id = other
        stranger = self._poll("plurality", ("Zoe",)).option_ids
        with self.refuses(ValidationError, "Zoe is no option of"):
            Line.create({"count_id": own.id, "option_id": stranger.id, "votes": 1})
        Line.with_user(second).create({**values, "votes": 2})
        self._count(poll, words)
        for attempt in (own.line_ids[0].unlink, lambda: own.line_ids[0].write({"votes": 1})):
            with self.refuses(UserError, "not counted yet"):
                attempt()


@tagged("post_install", "-at_install")
class TestCodeOfUsers(AttackCase):
    """What users write and the server runs would read what nobody reads."""

    def test_no_field_leads_to_roll_or_ballots(self):
        """Neither by a domain nor by a group or an export of something else."""
        wanted = {"coop.ballot", "coop.poll.roll"}
        leading = [
            field
            for model in self.env.registry.values()
            for field in model._fields.values()
            if field.comodel_name in wanted
        ]
        self.assertEqual(leading, [])

    def test_who_administers_settings_owns_the_database(self):
        """As `docs/voting.md` says: such a user writes code that the server runs."""
        poll, _words = self._open()
        poll._cast(self.voters[0], [1])
        admin = self._user("attack_admin", "base.group_system")
        action = {
            "name": "Look",
            "state": "code",
            "model_id": self.env["ir.model"]._get_id("res.partner"),
            "code": "action = {'seen': env['coop.poll.roll'].sudo().search_count("
            f"[('poll_id', '=', {poll.id}), ('state', '=', 'voted')])}}",
        }
        Server = self.env["ir.actions.server"]
        self.assertEqual(Server.with_user(admin).create(action).run(), {"seen": 1})
        for user in (self.secretary, self._user("attack_clerk", "base.group_user")):
            with self.assertRaises(AccessError):
                Server.with_user(user).create(action)

    def test_who_voted_by_a_template(self):
        poll, _words = self._open()
        poll._cast(self.voters[0], [1])
        staff = self._user("attack_staff", "base.group_user,base.group_partner_manager")
        subject = "{{ object.sudo().env['coop.poll.roll'].search([]).mapped('state') }}"
        values = {
            "name": "Hello",
            "model_id": self.env["ir.model"]._get_id("res.partner"),
            "subject": subject,
        }
        with self.assertRaises(AccessError):
            template = self.env["mail.template"].with_user(staff).create(values)
            preview = self.env["mail.template.preview"].with_user(staff)
            preview = preview.create(
                {
                    "mail_template_id": template.id,
                    "resource_ref": f"res.partner,{self.voters[0].id}",
                }
            )
            self.fail(f"{staff.name} reads {preview.subject}")
        composer = self.env["mail.compose.message"].with_user(staff)
        with self.assertRaises(AccessError):
            composer.create(
                {
                    "model": "res.partner",
                    "res_ids": self.voters[0].ids,
                    "composition_mode": "mass_mail",
                    "subject": subject,
                    "body": "<p>Hello</p>",
                }
            )._action_send_mail()
