import json
import secrets
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .vote_common import VoteCase, make_voters


@tagged("post_install", "-at_install")
class TestVoteLife(VoteCase):
    """A secret vote from its preparation to its publication, and what is refused on the way."""

    def test_resolution(self):
        votes = [[1], [1], [1], [1], [2], [2], [3], []]
        poll, receipts, data = self._held(votes=votes)
        self.assertEqual(poll.state, "published")
        self.assertEqual(
            data["result"]["tally"], {"yes": 4, "no": 2, "abstain": 1, "blank": 1, "spoilt": 0}
        )
        self.assertEqual(data["result"]["outcome"], "adopted")
        self.assertEqual(data["commitments"], sorted(one["commitment"] for one in receipts))
        self.assertEqual(poll.ballot_count, 8)
        findings = self.assert_holds(data)
        self.assertEqual(findings.open, [])
        told = " ".join(poll._explain())
        self.assertIn("4 yes, 2 no", told)
        self.assertIn("at least 4; 4 said yes: reached", told)

    def test_threshold_and_quorum(self):
        _poll, _receipts, data = self._held(votes=[[1]] * 3 + [[2]], class_id=self.statutes.id)
        self.assertEqual(data["result"]["outcome"], "adopted")
        _poll, _receipts, data = self._held(votes=[[1]] * 3, class_id=self.statutes.id)
        self.assertEqual(data["result"]["outcome"], "no_quorum")

    def test_the_form_of_a_frozen_vote_takes_nothing_that_stays(self):
        poll = self._poll()
        for readonly in (False, True):
            with Form(poll) as form:
                for name in ("class_id", "assembly_id", "resolution_id"):
                    self.assertEqual(bool(form._get_modifier(name, "readonly")), readonly, name)
            if poll.state == "draft":
                poll.action_freeze()

    def test_plurality(self):
        poll, _receipts, data = self._held(
            "plurality",
            ("Ann", "Bob", "Cas"),
            seats=2,
            max_marks=2,
            votes=[[1, 3], [3], [1], [3, 2], [1], []],
        )
        self.assertEqual(sorted(data["result"]["elected"]), [1, 3])
        self.assertEqual(data["result"]["votes"], {"1": 3, "2": 1, "3": 3})
        self.assertEqual(data["result"]["blank"], 1)
        self.assert_holds(data)
        self.assertEqual(poll._get_outcome()[0], "elected")

    def test_tie_on_the_last_seat_is_the_lot(self):
        _poll, _receipts, data = self._held(
            "approval", ("Ann", "Bob", "Cas"), votes=[[1], [2], [3], [1], [2], [3]]
        )
        self.assertEqual(data["result"]["elected"], data["definition"]["lot_order"][:1])
        self.assertEqual(data["result"]["stages"][-1]["code"], "tie_by_lot")
        self.assert_holds(data)

    def test_transfers(self):
        poll, _receipts, data = self._held(
            "stv",
            ("Ann", "Bob", "Cas"),
            seats=2,
            votes=[[1, 2], [1, 2], [1, 2], [1, 2], [1, 2], [1, 2], [3], [3]],
        )
        self.assertEqual(data["result"]["elected"], [1, 2])
        self.assert_holds(data)
        self.assertIn("quota is 3", poll._explain()[0])

    def test_stages_without_rankings(self):
        poll, _receipts, data = self._held(
            "stv",
            ("Ann", "Bob", "Cas"),
            seats=2,
            publish_ballots=False,
            votes=[[1, 2], [1, 2], [1, 2], [1, 2], [3], [3], [2]],
        )
        self.assertIsNone(data["ballots"])
        self.assertIn("not published", self.assert_holds(data).open[0])
        self.env.cr.execute(
            "SELECT 1 FROM coop_ballot WHERE poll_id = %s AND choice <> ''", [poll.id]
        )
        self.assertFalse(self.env.cr.fetchall())

    def test_few_ballots_are_not_shown(self):
        _poll, _receipts, data = self._held(votes=[[1], [2]])
        self.assertIsNone(data["ballots"])
        self.assertEqual(data["result"]["outcome"], "rejected")

    def test_no_votes_at_all(self):
        _poll, _receipts, data = self._held(votes=[])
        self.assertEqual(data["result"]["outcome"], "rejected")
        self.assert_holds(data)
        _poll, _receipts, data = self._held("plurality", ("Ann",), votes=[])
        self.assertEqual((data["result"]["elected"], data["result"]["vacant"]), ([], 1))

    def test_fewer_candidates_than_seats(self):
        _poll, _receipts, data = self._held(
            "plurality", ("Ann", "Bob"), seats=5, max_marks=5, votes=[[1, 2]] * 6
        )
        self.assertEqual(data["result"]["vacant"], 3)
        self.assert_holds(data)

    def test_seats_of_a_category(self):
        poll = self._poll("plurality", ("Ann", "Bob", "Cas"), seats=2, max_marks=2, seats_staff=1)
        with self.refuses(UserError, "Ann has no category"):
            poll.action_freeze()
        for option, category in zip(poll.option_ids, ("user", "user", "staff"), strict=True):
            option.category = category
        poll.action_freeze()
        words = [words for _person, words in poll._open()]
        for voter, marks in zip(self.voters, [[1, 2]] * 5 + [[3], [1]], strict=False):
            poll._cast(voter, marks)
        data = self._count(poll, words)
        self.assertEqual(data["result"]["elected"], [3, 1])
        self.assert_holds(data)

    def test_majority_in_each_category(self):
        both = self.ordinary.copy({"name": "Both", "by_category": True})
        poll = self._poll(class_id=both.id)
        make_voters(self.env, self.company, 4, "smart_membership.category_staff", "Staff")
        with self.refuses(UserError, "has 4 voters"):
            poll.action_freeze()
        staff = make_voters(self.env, self.company, 2, "smart_membership.category_staff", "Other")
        poll.action_freeze()
        words = [words for _person, words in poll._open()]
        for voter in self.voters:
            poll._cast(voter, [1])
        poll._cast(staff[0], [2])
        data = self._count(poll, words)
        self.assertEqual(data["result"]["outcome"], "rejected")
        self.assertEqual(data["definition"]["categories"], {"user": 8, "staff": 6})
        self.assert_holds(data)

    # ------------------------------------------------------------------
    # Bad ballots
    # ------------------------------------------------------------------

    def test_bad_marks(self):
        names = [f"Candidate {number}" for number in range(1, 21)]
        poll, _words = self._open("plurality", names, seats=18, max_marks=18)
        for marks in ([0], [21], [1, 1], list(range(1, 20)), [True], ["1"], [1.0], [-1], [10**9]):
            with self.subTest(marks), self.assertRaises(UserError):
                poll._cast(self.voters[0], marks)
        self.assertEqual(poll._get_roll_state(self.voters[0]), "eligible")
        self.assertTrue(poll._cast(self.voters[0], list(range(1, 19))))
        poll, _words = self._open()
        with self.assertRaises(UserError):
            poll._cast(self.voters[0], [1, 2])

    def test_once_and_only_from_the_roll(self):
        poll, _words = self._open()
        poll._cast(self.voters[0], [1])
        with self.refuses(UserError, "voted in .* already"):
            poll._cast(self.voters[0], [2])
        late = make_voters(self.env, self.company, 1, prefix="Late")
        with self.refuses(UserError, "not on the roll"):
            poll._cast(late, [1])
        # Who leaves after the freeze stays on the roll.
        leaving = self.env["coop.membership"].search([("partner_id", "=", self.voters[1].id)])
        leaving._write_decision(
            {"state": "former", "date_end": fields.Date.today(), "exit_reason": "resignation"}
        )
        self.assertTrue(poll._cast(self.voters[1], [1]))

    def test_a_cast_is_three_statements(self):
        """Hold the vote, mark the roll, put the ballot in: nothing else is read or written."""
        poll, _words = self._open()
        self.assertTrue(poll.name)
        self.env.flush_all()
        with self.assertQueryCount(3):
            poll._cast(self.voters[0], [1])

    def test_before_opening_and_at_the_closing_second(self):
        poll = self._poll(date_close=fields.Datetime.now() + timedelta(hours=1))
        poll.action_freeze()
        with self.refuses(UserError, "not open yet"):
            poll._cast(self.voters[0], [1])
        poll._open()
        poll._cast(self.voters[0], [1])
        poll._write_decision({"date_close": fields.Datetime.now()})
        with self.refuses(UserError, "is closed"):
            poll._cast(self.voters[1], [1])
        poll.action_close()
        with self.refuses(UserError, "is closed"):
            poll._cast(self.voters[1], [1])
        with self.refuses(UserError, "cannot be done any more"):
            poll.action_close()

    # ------------------------------------------------------------------
    # The key
    # ------------------------------------------------------------------

    def test_wrong_or_missing_words_do_nothing(self):
        poll, words = self._open()
        _other, foreign = self._open()
        for voter in self.voters[:6]:
            poll._cast(voter, [1])
        poll.action_close()
        sealed = self._boxes(poll)
        spoilt = " ".join([*words[1].split()[:-1], "academic"])
        for shares, text in (
            ([], "of 0 are"),
            (words[:1], "of 1 are"),
            ([words[0], words[0]], "of 1 are"),
            ([words[0], spoilt], "misspelt or missing"),
            ([words[0], "one two three"], "misspelt or missing"),
            ([words[0], foreign[1]], "do not belong together"),
            (foreign[:2], "do not belong to"),
        ):
            with self.subTest(text), self.refuses(UserError, text):
                poll._tally(shares)
            self.assertEqual((poll.state, self._boxes(poll)), ("closed", sealed))
        poll._tally([words[2].upper(), f"  {words[0]} "])
        self.assertEqual(poll.state, "tallied")

    def _boxes(self, poll):
        self.env.cr.execute(
            "SELECT id, commitment, sealed, choice FROM coop_ballot WHERE poll_id = %s ORDER BY id",
            [poll.id],
        )
        return self.env.cr.fetchall()

    def test_no_word_of_the_key_is_kept(self):
        """Neither in the record of the vote nor in its messages."""
        poll, words = self._open()
        everything = json.dumps(poll.sudo().read()[0], default=str)
        everything += " ".join(poll.sudo().message_ids.mapped("body"))
        for share in words:
            self.assertNotIn(" ".join(share.split()[4:8]), everything)

    # ------------------------------------------------------------------
    # Tampering with the tables
    # ------------------------------------------------------------------

    def _closed(self):
        poll, words = self._open()
        for voter in self.voters[:7]:
            poll._cast(voter, [1])
        poll.action_close()
        return poll, words

    def _assert_not_counted(self, poll, words, text):
        with self.refuses(UserError, text):
            poll._tally(words[:2])
        self.assertEqual(poll.state, "closed")

    def test_tampered_box(self):
        first = "(SELECT min(id) FROM coop_ballot WHERE poll_id = %(poll)s)"
        for query, text in (
            (f"DELETE FROM coop_ballot WHERE id = {first}", "6 ballots, and 7"),
            (
                "INSERT INTO coop_ballot (poll_id, commitment, sealed) "
                "SELECT poll_id, %(forged)s, sealed FROM coop_ballot "
                f"WHERE id = {first}",
                "8 ballots, and 7",
            ),
            (
                f"UPDATE coop_ballot SET commitment = %(forged)s WHERE id = {first}",
                "is not one of those recorded",
            ),
            (
                f"UPDATE coop_ballot SET sealed = 'AAAA' WHERE id = {first}",
                "does not open",
            ),
            (
                "UPDATE coop_ballot SET sealed = (SELECT sealed FROM coop_ballot WHERE poll_id = "
                f"%(poll)s ORDER BY id DESC LIMIT 1) WHERE id = {first}",
                "does not open",
            ),
            (
                "DELETE FROM coop_poll_roll WHERE poll_id = %(poll)s AND state = 'eligible'",
                "roll is not the frozen one",
            ),
            (
                "UPDATE coop_poll_roll SET state = 'voted' WHERE poll_id = %(poll)s",
                "marks on the roll",
            ),
            (
                "UPDATE coop_poll_roll SET number = 99 WHERE poll_id = %(poll)s "
                "AND state = 'eligible'",
                "roll is not the frozen one",
            ),
            (
                'UPDATE coop_poll_option SET name = \'{"en_US": "Certainly"}\' '
                "WHERE poll_id = %(poll)s AND number = 2",
                "option 2 was changed",
            ),
            (
                "UPDATE coop_poll SET definition = replace(definition, '\"strict\":true', "
                "'\"strict\":false') WHERE id = %(poll)s",
                "not what was hashed",
            ),
        ):
            with self.subTest(query):
                poll, words = self._closed()
                self.env.flush_all()
                self.env.cr.execute(query, {"poll": poll.id, "forged": secrets.token_hex(32)})
                self.assertTrue(self.env.cr.rowcount)
                self.env.invalidate_all()
                self._assert_not_counted(poll, words, text)

    def test_stuffed_before_the_closing(self):
        poll, _words = self._open()
        poll._cast(self.voters[0], [1])
        self.env.cr.execute(
            "INSERT INTO coop_ballot (poll_id, commitment, sealed) VALUES (%s, %s, 'AAAA')",
            [poll.id, "cd" * 32],
        )
        with self.refuses(UserError, "1 members are marked .* 2 ballots"):
            poll.action_close()

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def test_frozen_stays(self):
        poll, _words = self._open("plurality", ("Ann", "Bob"))
        for vals in (
            {"title": "Other"},
            {"state": "draft"},
            {"seats": 2},
            {"merkle_root": "00"},
            {"option_ids": [Command.create({"name": "Cas"})]},
            {"public_key": "00"},
            {"result": "{}"},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                poll.write(vals)
        with self.assertRaises(UserError):
            poll.option_ids[0].name = "Else"
        with self.assertRaises(UserError):
            poll.option_ids[0].unlink()
        with self.assertRaises(UserError):
            poll.unlink()

    def test_annul(self):
        poll, words = self._open()
        poll._cast(self.voters[0], [1])
        with self.refuses(UserError, "Say why"):
            poll._annul("  ")
        wizard = self.env["coop.poll.annul"].with_user(self.secretary)
        wizard.create({"poll_id": poll.id, "reason": "Wrong text"}).action_annul()
        self.assertEqual(poll.state, "annulled")
        with self.assertRaises(UserError):
            poll._cast(self.voters[1], [1])
        with self.assertRaises(UserError):
            poll._tally(words[:2])
        with self.assertRaises(UserError):
            poll._annul("again")
        again = poll.copy()
        self.assertEqual(
            (again.state, again.definition, again.merkle_root), ("draft", False, False)
        )

    def test_what_is_missing(self):
        poll = self._poll(scrutineer_ids=False)
        with self.refuses(UserError, "scrutineers"):
            poll.action_freeze()
        poll = self._poll(shares_needed=4)
        with self.refuses(UserError, "between 1 and 3"):
            poll.action_freeze()
        poll = self._poll("plurality")
        with self.refuses(UserError, "add the candidates"):
            poll.action_freeze()
        with self.assertRaises(ValidationError):
            self._poll("stv", ("Ann",), seats=2, seats_user=1)
        with self.refuses(ValidationError, "cannot be a scrutineer"):
            self._poll(
                "plurality",
                option_ids=[Command.create({"name": "S", "partner_id": self.scrutineers[0].id})],
            )

    def test_a_small_company_votes_openly(self):
        languages = self.env.ref("base.lang_en")
        company = self.env["res.company"].create(
            {"name": "Small Cooperative", "governance_lang_ids": [Command.set(languages.ids)]}
        )
        self.env.user.company_ids = [Command.link(company.id)]
        make_voters(self.env, company, 4, prefix="Small")
        poll = self.env["coop.poll"].create(
            {
                "title": "X",
                "class_id": self.ordinary.id,
                "company_id": company.id,
                "scrutineer_ids": [Command.set(self.scrutineers.ids)],
            }
        )
        with self.refuses(UserError, "open hand"):
            poll.action_freeze()

    def test_rule_that_cannot_be_applied(self):
        with self.refuses(ValidationError, "cannot be applied"):
            self.ordinary.copy({"majority_numerator": 3})
        with self.refuses(ValidationError, "cannot be applied"):
            self.ordinary.copy({"majority_numerator": 2})

    def test_who_prepares_has_the_right(self):
        poll, words = self._open()
        poll.action_close()
        nobody = self._user_of(self.voters[0], "vote_nobody")
        for name, arguments in (
            ("action_freeze", ()),
            ("action_close", ()),
            ("action_record", ()),
            ("action_publish", ()),
            ("action_open", ()),
            ("action_tally", ()),
            ("_open", ()),
            ("_tally", (words[:2],)),
            ("_annul", ("x",)),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(poll.with_user(nobody), name)(*arguments)
