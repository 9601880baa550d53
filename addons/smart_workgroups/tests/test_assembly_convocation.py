import base64
from datetime import timedelta

from psycopg2.errors import RestrictViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

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
        self._issue(self.voters[0], 9)
        self._vote_by_shares(cap=5)
        assembly = self._convoked()
        self.assertEqual(self._on_roll(assembly, self.voters[0]).votes, 5)
        self.assertEqual(self._on_roll(assembly, self.voters[0]).shares, 10)
        self.assertEqual(assembly.convocation_id.roll_votes, 12)
        with self.refuses(UserError, "More trees .*cannot be secret: members have several votes"):
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
