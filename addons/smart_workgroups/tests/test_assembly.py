import base64
from datetime import timedelta

from psycopg2.errors import RestrictViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import MockSmtplibCase

from .assembly_common import AssemblyCase
from .vote_common import make_voters


@tagged("post_install", "-at_install")
class TestAssemblyConvocation(AssemblyCase):
    """Members are convoked in time, with texts for everybody, and the roll is frozen."""

    def test_only_in_time(self):
        near = self._assembly(days=14)
        earliest = fields.Date.to_string(near._get_today() + timedelta(days=15))
        year, month, day = earliest.split("-")
        with self.refuses(UserError, f"too near: .*15 days .*{month}/{day}/{year}"):
            near.action_convoke()
        near.date_start += timedelta(days=1)
        near.action_convoke()
        self.assertEqual(near.state, "convoked")
        with self.refuses(UserError, "this cannot be done any more"):
            near.action_convoke()
        self.company.assembly_notice_days = 40
        with self.refuses(UserError, "40 days before"):
            self._assembly(days=30).action_convoke()

    def test_planned_in_the_form(self):
        with Form(self.env["coop.assembly"].with_user(self.secretary)) as form:
            form.name = "Assembly of June"
            form.date_start = fields.Datetime.now() + timedelta(days=30)
            with form.point_ids.new() as point:
                point.name = "Accounts"
        assembly = form.record
        self.assertEqual(assembly.date, assembly._get_local_day())
        self.assertEqual(assembly.date_stop - assembly.date_start, timedelta(hours=3))
        with self.refuses(ValidationError, "the day follows"):
            assembly.date += timedelta(days=1)
        assembly.action_convoke()
        with Form(assembly) as form, form.point_ids.edit(0) as point:
            point.notes = "<p>Well kept.</p>"
        self.assertEqual(assembly.point_ids.notes, "<p>Well kept.</p>")

    def test_what_is_missing_is_named(self):
        for values, text in (
            ({"date_start": False}, "Fill in when Yearly Assembly begins"),
            ({"points": ()}, "at least one point on the agenda"),
            ({"record_date": self.today + timedelta(days=2)}, "still to come"),
            ({"record_date": self.today - timedelta(days=3)}, "Nobody was a member"),
        ):
            with self.subTest(text), self.refuses(UserError, text):
                self._assembly(**values).action_convoke()
        with self.refuses(ValidationError, "has no title"):
            self._assembly(point_ids=[Command.create({"kind": "vote"})])

    def test_languages(self):
        french = self.env["res.lang"]._activate_lang("fr_BE")
        self.company.governance_lang_ids |= french
        document = {"name": "Accounts", "file_ids": []}
        assembly = self._assembly(authentic_lang="en_US", document_ids=[Command.create(document)])
        with self.refuses(UserError, "Yearly Assembly.*French .*missing"):
            assembly.action_convoke()
        assembly.with_context(lang="fr_BE").name = "Assemblée annuelle"
        assembly._search_translations()._review()
        with self.refuses(UserError, "Accounts of the year: French .*missing"):
            assembly.action_convoke()
        assembly.point_ids.with_context(lang="fr_BE").name = "Comptes"
        assembly.point_ids._search_translations()._review()
        assembly.point_ids.name = "Accounts of last year"
        with self.refuses(UserError, "Accounts of last year: French .*out of date"):
            assembly.action_convoke()
        assembly.point_ids._search_translations()._review()
        assembly.document_ids.file_ids = [
            Command.create({"lang": "en_US", "file": base64.b64encode(b"Figures")})
        ]
        with self.refuses(UserError, "Accounts of Yearly Assembly.* no file in French"):
            assembly.action_convoke()
        assembly.document_ids.file_ids = [
            Command.create({"lang": "fr_BE", "file": base64.b64encode(b"Chiffres")})
        ]
        assembly.action_convoke()
        self.assertEqual(assembly.document_ids._get_file("fr_BE").file, b"Q2hpZmZyZXM=")
        with self.refuses(UserError, "belongs to the convocation"):
            assembly.document_ids.file_ids[0].file = base64.b64encode(b"Other figures")

    def test_what_was_convoked_stays(self):
        assembly = self._convoked()
        for name, value in (
            ("name", "Another name"),
            ("place", "Elsewhere"),
            ("date_start", fields.Datetime.now() + timedelta(days=60)),
            ("kind", "extraordinary"),
        ):
            with self.subTest(name), self.refuses(UserError, "press Move"):
                assembly[name] = value
        with self.refuses(UserError, "stands in its convocation"):
            assembly.point_ids.name = "Other accounts"
        with self.refuses(UserError, "stands in its convocation"):
            assembly.point_ids.update_field_translations("name", {"en_US": "Other accounts"})
        with self.refuses(UserError, "stands in its convocation"):
            assembly.point_ids.create({"assembly_id": assembly.id, "name": "By the way"})
        with self.refuses(UserError, "stands in its convocation"):
            assembly.point_ids.unlink()
        with self.refuses(UserError, "cancel it instead"):
            assembly.unlink()
        with self.refuses(UserError, "changed by hand"):
            assembly.state = "held"
        assembly.point_ids.notes = "<p>Good accounts.</p>"
        assembly.url = "https://example.com/call"

    def test_resolutions_are_on_the_agenda(self):
        assembly = self._assembly()
        Resolution = self.env["coop.resolution"].with_user(self.secretary)
        values = {"company_id": self.company.id, "assembly_id": assembly.id}
        resolution = Resolution.create({"name": "We buy a bike", **values})
        assembly.action_convoke()
        self.assertEqual(assembly.point_ids[-1].resolution_id, resolution)
        self.assertEqual(assembly.point_ids[-1].title, "We buy a bike")
        with self.refuses(ValidationError, "left without We sell it"):
            Resolution.create({"name": "We sell it", **values})

    def test_the_roll(self):
        # A candidate and a member without a share have no vote.
        for name in ("No Share", "Candidate"):
            membership = self.env["coop.membership"].create(
                {
                    "partner_id": self.env["res.partner"].create({"name": name}).id,
                    "company_id": self.company.id,
                }
            )
            if name == "No Share":
                membership.action_activate()
        assembly = self._convoked()
        roll = assembly.convocation_id.voter_ids
        self.assertEqual(roll.partner_id, self.voters)
        self.assertEqual(set(roll.mapped("votes")), {1})
        self.assertEqual((assembly.roll_count, assembly.convocation_id.roll_votes), (8, 8))
        self.assertEqual(roll.mapped("number"), sorted(roll.mapped("number")))
        self.assertEqual(len(assembly.convocation_id.roll_hash), 64)
        # Who joins afterwards is not on it.
        make_voters(self.env, self.company, 1, prefix="Late")
        self.assertEqual(len(assembly.convocation_id.voter_ids), 8)
        with self.refuses(UserError, "stays there"):
            roll[0].sudo().unlink()
        with self.assertRaises(AccessError):
            roll[0].with_user(self.secretary).write({"votes": 9})
        for statement in (
            "UPDATE coop_assembly_voter SET votes = 9 WHERE id = %s",
            "DELETE FROM coop_assembly_voter WHERE id = %s",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(RestrictViolation),
                self.cr.savepoint(),
            ):
                self.cr.execute(statement, [roll[0].id])

    def test_votes_by_shares_up_to_a_cap(self):
        self.env["coop.share.movement"].create(
            {
                "company_id": self.company.id,
                "kind": "issue",
                "share_class_id": self.env["coop.share.class"]
                .search([("company_id", "=", self.company.id)], limit=1)
                .id,
                "partner_to_id": self.voters[0].id,
                "quantity": 9,
                "unit_price": 50,
                "paid_up": 450,
            }
        )
        self.company.write({"assembly_votes": "shares", "assembly_votes_cap": 5})
        assembly = self._convoked()
        self.assertEqual(self._on_roll(assembly, self.voters[0]).votes, 5)
        self.assertEqual(self._on_roll(assembly, self.voters[0]).shares, 10)
        self.assertEqual(assembly.convocation_id.roll_votes, 12)
        with self.refuses(UserError, "a ballot counts once"):
            self._poll(assembly_id=assembly.id).action_freeze()

    def test_a_secret_vote_has_the_roll_of_the_assembly(self):
        assembly = self._convoked()
        make_voters(self.env, self.company, 2, prefix="Late")
        poll = self._poll(assembly_id=assembly.id)
        poll.action_freeze()
        self.assertEqual(poll.roll_count, 8)
        other = self._poll()
        other.action_freeze()
        self.assertEqual(other.roll_count, 10)

    def test_moved(self):
        assembly = self._convoked()
        first = assembly.convocation_id
        Move = self.env["coop.assembly.move"].with_user(self.secretary)
        near = {
            "assembly_id": assembly.id,
            "date_start": fields.Datetime.now() + timedelta(days=3),
            "reason": "The hall burnt down",
        }
        with self.refuses(UserError, "too near"):
            Move.create(near).action_move()
        make_voters(self.env, self.company, 1, prefix="Late")
        with Form(Move.with_context(**assembly.action_move()["context"])) as move:
            self.assertEqual(move.place, "Town hall")
            move.reason = "The hall burnt down"
            move.place = "School"
            move.date_start = fields.Datetime.now() + timedelta(days=45)
        move.record.action_move()
        second = assembly.convocation_id
        self.assertEqual(assembly.state, "convoked")
        self.assertEqual(assembly.place, "School")
        self.assertEqual((first.number, second.number), (1, 2))
        self.assertEqual((first.place, second.reason), ("Town hall", "The hall burnt down"))
        self.assertEqual((first.roll_count, second.roll_count), (8, 9))
        sendings = self.env["coop.assembly.sending"].search([("assembly_id", "=", assembly.id)])
        self.assertEqual(len(sendings), 17)
        # Codes that were sent before still open the door.
        voter = self._on_roll(assembly, self.voters[0])
        old = first.voter_ids.filtered(lambda one: one.partner_id == self.voters[0])
        self.assertEqual(assembly._find_voter(old._get_code()), voter)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(RestrictViolation),
            self.cr.savepoint(),
        ):
            self.cr.execute(
                "UPDATE coop_assembly_convocation SET place = 'X' WHERE id = %s", [first.id]
            )


@tagged("post_install", "-at_install")
class TestAssemblySending(AssemblyCase, MockSmtplibCase):
    """Each sending leaves a proof: by which e-mail, or by whom it was posted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.voters[0].email = False
        cls.voters[1].lang = cls.env["res.lang"]._activate_lang("fr_BE").code
        cls.assembly = cls._convoked(announcement="<p>Bring a friend.</p>")

    def _deliver(self, sending):
        """Let the e-mail leave; only the mail server at the other end is none."""
        with self.mock_smtplib_connection():
            sending.mail_id.send()

    def _sending(self, voter):
        return self.env["coop.assembly.sending"].search(
            [("assembly_id", "=", self.assembly.id), ("partner_id", "=", voter.id)],
            order="id desc",
            limit=1,
        )

    def test_sent_in_the_own_language_with_proof(self):
        self.assertEqual(self._sending(self.voters[0]).state, "to_post")
        self.assertEqual(self._sending(self.voters[1]).state, "waiting")
        self.assertEqual((self.assembly.sent_count, self.assembly.missed_count), (0, 8))
        self._run_cron()
        sending = self._sending(self.voters[2])
        self.assertEqual(sending.state, "queued")
        body = str(sending.mail_id.body_html)
        for text in ("Yearly Assembly", "Town hall", "Accounts of the year", "Bring a friend."):
            self.assertIn(text, body)
        self.assertIn(f"/my/assemblies/{self.assembly.id}", body)
        self.assertEqual(sending.mail_id.recipient_ids, self.voters[2])
        self.assertEqual(self._sending(self.voters[1]).lang, "fr_BE")
        self._deliver(sending)
        self.assertEqual(sending.state, "sent")
        self.assertTrue(sending.sent_on)
        self.assertEqual(sending.message_id, sending.mail_id.message_id)
        # Once: the job sends nobody a second one.
        self._run_cron()
        mails = self.env["mail.mail"].search([("recipient_ids", "in", self.voters[2].ids)])
        self.assertEqual(len(mails), 1)

    def test_came_back_and_sent_again(self):
        self._run_cron()
        sending = self._sending(self.voters[3])
        self._deliver(sending)
        notice = self.env["mail.notification"].search([("mail_mail_id", "=", sending.mail_id.id)])
        # As core does when a mail server sends one back.
        notice.write({"notification_status": "bounce", "failure_reason": "No such box"})
        self._run_cron()
        self.assertEqual((sending.state, sending.failure), ("bounced", "No such box"))
        self.voters[3].email = "other@example.com"
        sending.with_user(self.secretary).action_resend()
        again = self._sending(self.voters[3])
        self.assertEqual((again.attempt, again.email), (2, "other@example.com"))
        self.assertTrue(sending.superseded)
        self._run_cron()
        self._deliver(again)
        self.assertEqual((sending.state, again.state), ("bounced", "sent"))
        with self.refuses(UserError, "None of these failed"):
            sending.with_user(self.secretary).action_resend()

    def test_fails_without_an_address_that_works(self):
        self._run_cron()
        sending = self._sending(self.voters[4])
        self.voters[4].email = False
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            self._deliver(sending)
        self.assertEqual(sending.state, "failed")
        sending.with_user(self.secretary).action_resend()
        self.assertEqual(self._sending(self.voters[4]).state, "to_post")

    def test_posted(self):
        sending = self._sending(self.voters[0]).with_user(self.secretary)
        with self.refuses(UserError, "is not to be posted"):
            self._sending(self.voters[2]).with_user(self.secretary).action_posted()
        sending.action_posted()
        self.assertEqual(sending.state, "posted")
        self.assertEqual(sending.posted_on, self.today)
        self.assertEqual(sending.posted_by_id, self.secretary)
        self.assertEqual(self.assembly.sent_count, 1)
        with self.assertRaises(AccessError):
            sending.write({"state": "sent"})
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(RestrictViolation),
            self.cr.savepoint(),
        ):
            self.cr.execute("DELETE FROM coop_assembly_sending WHERE id = %s", [sending.id])

    def test_letters_are_in_the_own_language(self):
        """What is posted says the same as the e-mail, with the code."""
        self.assembly.point_ids.flush_recordset()
        self.cr.execute(
            'UPDATE coop_assembly SET name = name || \'{"fr_BE": "Assemblée annuelle"}\' '
            "WHERE id = %s",
            [self.assembly.id],
        )
        self.env.invalidate_all()
        sendings = self._sending(self.voters[0]) | self._sending(self.voters[1])
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "smart_workgroups.report_assembly_letters", sendings.ids
        )
        text = html.decode()
        for part in ("Yearly Assembly", "Assemblée annuelle", "Voter 1", "Voter 2", "Town hall"):
            self.assertIn(part, text)
        self.assertEqual(text.count("data:image/png;base64,"), 2)

    def test_whoever_was_convoked_is_told_that_it_is_cancelled(self):
        convocation = self._sending(self.voters[2])
        self.assembly.action_cancel()
        self._run_cron()
        self.assertEqual(convocation.state, "waiting")
        news = self._sending(self.voters[2])
        self.assertEqual((news.purpose, news.state), ("cancellation", "queued"))
        self.assertIn("is cancelled", str(news.mail_id.body_html))
        self.assertEqual(self._sending(self.voters[0]).state, "to_post")

    def test_queries_do_not_grow_with_the_members(self):
        """One more member costs rows in statements that are sent anyway, not statements."""
        sendings = self.env["coop.assembly.sending"].search(
            [("assembly_id", "=", self.assembly.id), ("state", "=", "waiting")], order="id"
        )
        sendings[0]._send()  # caches what is read once
        self.env.flush_all()
        counts = []
        for batch in (sendings[1:3], sendings[3:7]):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            batch._send()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        small, large = counts
        # Twice as many members; what is left grows by less than one statement for each.
        self.assertLess(large - small, 2, counts)


@tagged("post_install", "-at_install")
class TestAssemblyPresence(AssemblyCase):
    """Who is there, who is represented, and what that means for the quorum: all of it logged."""

    def _standing(self, assembly):
        row = assembly._get_last_quorum()
        [one] = row.standing
        return row.present, row.represented, row.basis, one["reached"], one["lost"]

    def test_not_before_the_day(self):
        assembly = self._convoked()
        with self.refuses(UserError, "open it on the day itself"):
            assembly.action_open()
        with self.refuses(UserError, "this cannot be done any more"):
            self._come(assembly, self.voters[0])

    def test_quorum_reached_and_lost(self):
        assembly = self._open_with_statutes()
        self.assertEqual(self._standing(assembly), (0, 0, 8, False, False))
        self._come(assembly, *self.voters[:3])
        self._give(assembly, self.voters[4], self.voters[0])
        # The holder is there: half of eight are present or represented.
        self.assertEqual(self._standing(assembly), (3, 1, 8, True, False))
        self.assertIn("Change of the statutes: reached (4 needed)", assembly.quorum_summary)
        self._come(assembly, self.voters[0], presence="left")
        # With the holder goes who is represented.
        self.assertEqual(self._standing(assembly), (2, 0, 8, False, True))
        self.assertIn("lost (4 needed)", assembly.quorum_summary)
        self.assertTrue(assembly.quorum_missing)
        events = assembly.quorum_ids.sorted("id").mapped("event")
        self.assertEqual(events, ["opened", *["in_person"] * 3, "proxy_given", "left"])
        # Ticked twice is ticked once.
        self._come(assembly, self.voters[1])
        self.assertEqual(len(assembly.quorum_ids), 6)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(RestrictViolation),
            self.cr.savepoint(),
        ):
            self.cr.execute(
                "UPDATE coop_assembly_quorum SET present = 8 WHERE assembly_id = %s", [assembly.id]
            )

    def test_coming_takes_the_proxy_back(self):
        assembly = self._convoked()
        proxy = self._give(assembly, self.voters[0], self.voters[1])
        assembly._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        assembly.action_open()
        self._come(assembly, self.voters[1])
        row = assembly._get_last_quorum()
        self.assertEqual((row.present, row.represented), (1, 1))
        self._come(assembly, self.voters[0], presence="remote")
        self.assertEqual(proxy.state, "revoked")
        row = assembly._get_last_quorum()
        self.assertEqual((row.event, row.present, row.represented), ("remote", 2, 0))
        with self.refuses(UserError, "who is there votes in person"):
            self._give(assembly, self.voters[0], self.voters[1])
        # Who goes may leave a proxy.
        self._come(assembly, self.voters[0], presence="left")
        self._give(assembly, self.voters[0], self.voters[1])
        row = assembly._get_last_quorum()
        self.assertEqual((row.event, row.present, row.represented), ("proxy_given", 1, 1))

    def test_holder_who_is_no_member(self):
        self.company.proxy_outside = True
        assembly = self._open_assembly()
        proxy = self._give(assembly, self.voters[0], self.scrutineers[0])
        self.assertEqual(assembly._get_last_quorum().represented, 0)
        proxy.action_holder_here()
        self.assertEqual(assembly._get_last_quorum().represented, 1)
        other = self._give(assembly, self.voters[1], self.voters[2])
        with self.refuses(UserError, "is a member: note the presence"):
            other.action_holder_here()

    def test_proxies_of_who_is_not_on_the_roll_or_too_late(self):
        assembly = self._convoked()
        [late] = make_voters(self.env, self.company, 1, prefix="Late")
        with self.refuses(UserError, "is not on the roll"):
            self._give(assembly, late, self.voters[0])
        assembly.action_cancel()
        with self.refuses(UserError, "over or cancelled"):
            self._give(assembly, self.voters[0], self.voters[1])

    def test_codes(self):
        assembly, other = self._open_assembly(), self._convoked()
        voter = self._on_roll(assembly, self.voters[3])
        self.assertEqual(assembly._find_voter(voter._get_code()), voter)
        self.assertEqual(assembly._find_voter(voter._get_scan_url()), voter)
        code = voter._get_code()
        forged = code[:-1] + ("0" if code[-1] != "0" else "1")
        number = self._on_roll(assembly, self.voters[4]).number
        for wrong in (
            forged,
            f"{assembly.id}-{number}-{code.rsplit('-', 1)[1]}",
            self._on_roll(other, self.voters[3])._get_code(),
            "9" * 40,
            "",
        ):
            self.assertFalse(assembly._find_voter(wrong), wrong)

    def test_second_call(self):
        self.statutes.second_call_without_quorum = True
        first = self._open_with_statutes()
        with self.refuses(UserError, "this cannot be done any more"):
            first.action_second_call()
        self._come(first, *self.voters[:2])
        first.action_hold()
        second = self.env["coop.assembly"].browse(first.action_second_call()["res_id"])
        self.assertEqual(second.first_call_id, first)
        self.assertEqual(second.point_ids.class_id, self.statutes)
        self.assertEqual(first.point_ids.outcome, "dropped")
        second.with_user(self.secretary).date_start = fields.Datetime.now() + timedelta(days=20)
        second.with_user(self.secretary).action_convoke()
        second._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        second.with_user(self.secretary).action_open()
        self._come(second.with_user(self.secretary), self.voters[0])
        self.assertFalse(second.quorum_missing)
        rule = self.statutes._get_rule_for(second)
        self.assertEqual((rule.quorum, rule.majority_numerator), ("none", 3))
        self.assertEqual(self.statutes._get_rule_for(first).quorum, "members")
        second.with_user(self.secretary).action_hold()
        with self.refuses(UserError, "there is no second"):
            second.with_user(self.secretary).action_second_call()

    def test_second_call_takes_up_what_had_no_quorum(self):
        """What was recorded stays as it is; the same proposal is decided on by the second call."""
        self.statutes.second_call_without_quorum = True
        first = self._assembly(points=())
        resolution = (
            self.env["coop.resolution"]
            .with_user(self.secretary)
            .create(
                {
                    "name": "Article 3",
                    "company_id": self.company.id,
                    "assembly_id": first.id,
                    "class_id": self.statutes.id,
                }
            )
        )
        first.action_convoke()
        self.assertEqual(first.point_ids.class_id, self.statutes)
        first._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        first.action_open()
        self._come(first, *self.voters[:2])
        first.action_hold()
        figures = {"present": 2, "votes_for": 2}
        resolution.write(figures)
        resolution.action_record()
        # Of the eight on the roll.
        self.assertEqual((resolution.state, resolution.members), ("no_quorum", 8))
        second = self.env["coop.assembly"].browse(first.action_second_call()["res_id"])
        second = second.with_user(self.secretary)
        again = second.resolution_ids
        self.assertEqual((again.name, again.state), ("Article 3", "draft"))
        self.assertEqual(second.point_ids.resolution_id, again)
        self.assertEqual(resolution.assembly_id, first)
        second.date_start = fields.Datetime.now() + timedelta(days=20)
        second.action_convoke()
        second._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        again.write(figures)
        again.action_record()
        self.assertEqual(again.state, "adopted")
        self.assertNotIn("Quorum", again.explanation)

    def test_queries_of_a_tick_do_not_grow_with_the_roll(self):
        """How many are on the roll and there already costs no further statement."""
        counts = []
        for more in (0, 12):
            if more:
                make_voters(self.env, self.company, more, prefix="More")
            assembly = self._open_with_statutes()
            self._come(assembly, *self.voters[: 2 + more // 3])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._on_roll(assembly, self.voters[7]).action_in_person()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0], counts)

    def test_open_votes_hold_the_end_back(self):
        assembly = self._open_assembly()
        poll = (
            self.env["coop.named.poll"]
            .with_user(self.secretary)
            .create(
                {
                    "title": "Discharge",
                    "class_id": self.ordinary.id,
                    "company_id": self.company.id,
                    "assembly_id": assembly.id,
                }
            )
        )
        self._come(assembly, *self.voters[:2])
        poll.action_open()
        with self.refuses(UserError, "Discharge .*is still open"):
            assembly.action_hold()
        self.env["coop.named.vote"].with_user(self.secretary).create(
            {"poll_id": poll.id, "partner_id": self.voters[0].id, "choice": "yes"}
        )
        poll.action_close()
        # Who is there by the log.
        self.assertEqual((poll.present, poll.members), (2, 8))
        assembly.action_hold()
        self.assertEqual(assembly.state, "held")


@tagged("post_install", "-at_install")
class TestAssemblyMinutes(AssemblyCase):
    """Who spoke, what came out and how it follows: frozen, with hash and PDF."""

    def test_speakers(self):
        assembly = self._open_assembly()
        Speaker = self.env["coop.assembly.speaker"].with_user(self.secretary)
        own = {"assembly_id": assembly.id, "point_id": assembly.point_ids.id}
        first, second = Speaker.create(
            [{**own, "partner_id": voter.id} for voter in self.voters[:2]]
        )
        first.action_speak()
        with self.refuses(UserError, "Voter 1 speaks: press Has Spoken"):
            second.action_speak()
        first._write_decision({"started_on": fields.Datetime.now() - timedelta(minutes=4)})
        first.action_done()
        self.assertAlmostEqual(first.minutes, 4, delta=0.2)
        second.action_withdraw()
        with self.refuses(UserError, "stays on the list"):
            first.unlink()
        other = self._open_assembly()
        with self.refuses(UserError, "not on the agenda"):
            Speaker.create({**own, "assembly_id": other.id, "partner_id": self.voters[3].id})
        assembly.action_hold()
        with self.refuses(UserError, "Nobody asks to speak"):
            Speaker.create({**own, "partner_id": self.voters[3].id})

    def _held(self):
        rule = self.env.ref("smart_workgroups.resolution_class_statutes_second")
        assembly = self._assembly(points=("Accounts",))
        resolution = (
            self.env["coop.resolution"]
            .with_user(self.secretary)
            .create(
                {
                    "name": "Half a day at school",
                    "company_id": self.company.id,
                    "assembly_id": assembly.id,
                    "class_id": rule.id,
                }
            )
        )
        assembly.action_convoke()
        assembly._write_decision({"date_start": fields.Datetime.now() - timedelta(hours=1)})
        assembly.action_open()
        self._give(assembly, self.voters[5], self.voters[0])
        self._come(assembly, *self.voters[:4])
        assembly.action_hold()
        return assembly, resolution

    def test_frozen(self):
        assembly, resolution = self._held()
        with self.refuses(UserError, "What came out of “Half a day at school”"):
            assembly.action_freeze()
        resolution.write(
            {"present": 4, "represented": 1, "votes_for": 3, "votes_against": 1, "abstained": 1}
        )
        resolution.action_record()
        with self.refuses(UserError, "who was chair"):
            assembly.action_freeze()
        assembly.write(
            {"chair_id": self.voters[0].id, "secretary_id": self.secretary.partner_id.id}
        )
        assembly.action_freeze()
        self.assertEqual(assembly.state, "closed")
        minutes = assembly.minutes_ids
        content = minutes._get_readable_content()
        self.assertEqual(content["convocation"]["members"], 8)
        self.assertEqual([one["number"] for one in content["attendance"]], [1, 2, 3, 4, 6])
        self.assertEqual(content["attendance"][-1]["holder"], "Voter 1")
        [result] = content["points"][1]["results"]
        self.assertEqual(result["outcome"], "Adopted")
        self.assertIn("3/4 of 4 is at least 3; 3 said yes: reached.", result["explanation"])
        self.assertEqual(content["quorum"][-1]["present"], 4)
        self.assertTrue(minutes.attachment_id.raw.startswith(b"%PDF"))
        self.assertIsNone(minutes._verify(self.company))
        with self.refuses(UserError, "stay as they are"):
            minutes.sudo().write({"hash": "x"})
        with self.refuses(UserError, "belongs to frozen minutes"):
            minutes.attachment_id.sudo().raw = b"%PDF-other"
        with self.refuses(UserError, "minutes of .* are frozen"):
            assembly.point_ids[0].notes = "<p>Later</p>"
        self.cr.execute("ALTER TABLE coop_assembly_minutes DISABLE TRIGGER USER")
        self.cr.execute(
            "UPDATE coop_assembly_minutes SET content = content || ' ' WHERE id = %s", [minutes.id]
        )
        self.cr.execute("ALTER TABLE coop_assembly_minutes ENABLE TRIGGER USER")
        self.env.invalidate_all()
        self.assertIn("was changed", minutes._verify(self.company)[1])

    def test_attendance_list(self):
        assembly, _resolution = self._held()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "smart_workgroups.report_assembly_attendance", assembly.ids
        )
        text = html.decode()
        for voter in self.voters:
            self.assertIn(voter.name, text)
        self.assertIn("4 present", text)


@tagged("post_install", "-at_install")
class TestAssemblySecurity(AssemblyCase):
    """Who reads and does what with Assemblies and what belongs to them."""

    def test_allowed_and_denied(self):
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        director = new_test_user(
            self.env, "asm_director", "smart_workgroups.group_governance_director", **own
        )
        employee = new_test_user(self.env, "asm_employee", "base.group_user", **own)
        portal = self._user_of(self.voters[0], "asm_portal")
        rights = {
            # model: secretary, director
            "coop.assembly": ("rwcu", "r"),
            "coop.assembly.point": ("rwcu", "r"),
            "coop.assembly.document": ("rwcu", "r"),
            "coop.assembly.file": ("rwcu", "r"),
            "coop.assembly.convocation": ("r", "r"),
            "coop.assembly.voter": ("r", ""),
            "coop.assembly.sending": ("r", ""),
            "coop.assembly.quorum": ("r", "r"),
            "coop.assembly.speaker": ("rwcu", ""),
            "coop.assembly.minutes": ("r", "r"),
        }
        operations = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
        for model, (secretary, directors) in rights.items():
            for user, letters in (
                (self.secretary, secretary),
                (director, directors),
                (employee, ""),
                (portal, ""),
            ):
                for letter, operation in operations.items():
                    with self.subTest(model=model, user=user.login, operation=operation):
                        allowed = self.env[model].with_user(user).has_access(operation)
                        self.assertEqual(allowed, letter in letters)

    def test_who_only_reads_opens_the_form(self):
        """The form asks nobody for more than one may read."""
        own = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)]}
        assembly = self._open_assembly()
        self._come(assembly, *self.voters[:2])
        for login, group in (
            ("asm_reader", "smart_workgroups.group_governance_director"),
            ("asm_books", "account.group_account_manager"),
        ):
            user = new_test_user(self.env, login, group, **own)
            with self.subTest(group):
                form = Form(assembly.with_user(user))
                self.assertEqual(form.name, "Yearly Assembly")
                with self.assertRaises(AccessError):
                    assembly.with_user(user).action_hold()

    def test_another_company_sees_nothing(self):
        assembly = self._open_assembly()
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = new_test_user(
            self.env,
            "asm_foreign",
            "smart_workgroups.group_governance_manager",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        for records in (
            assembly,
            assembly.point_ids,
            assembly.convocation_id,
            assembly.convocation_id.voter_ids,
            assembly.quorum_ids,
            self.env["coop.assembly.sending"].search([("assembly_id", "=", assembly.id)]),
        ):
            with self.subTest(records._name):
                self.assertTrue(records)
                own = records.with_user(foreign).with_context(allowed_company_ids=elsewhere.ids)
                self.assertFalse(own.search([("id", "in", records.ids)]))
                with self.assertRaises(AccessError):
                    own.read(["display_name"])
        roll = assembly.convocation_id.voter_ids.with_user(foreign)
        with self.assertRaises(AccessError):
            roll[0].with_context(allowed_company_ids=elsewhere.ids).action_in_person()
