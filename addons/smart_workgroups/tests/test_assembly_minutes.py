from datetime import timedelta
from io import BytesIO

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfReader

from .assembly_common import AssemblyCase


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
        rule = self.env.ref("smart_workgroups.resolution_class_statutes").copy({"quorum": "none"})
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

    def _frozen(self):
        """Return an Assembly with frozen minutes."""
        assembly, resolution = self._held()
        resolution.write({"present": 4, "represented": 1, "votes_for": 5})
        resolution.action_record()
        assembly.point_ids[0].notes = "<p>The accounts are aproved.</p>"
        people = {"chair_id": self.voters[0].id, "secretary_id": self.secretary.partner_id.id}
        assembly.write(people)
        assembly.action_freeze()
        return assembly

    def _correct(self, assembly, notes, reason="A letter was missing"):
        context = assembly.action_correct()["context"]
        Correction = self.env["coop.assembly.correction"].with_user(self.secretary)
        with Form(Correction.with_context(**context)) as form:
            form.reason = reason
            with form.line_ids.edit(0) as line:
                line.notes = notes
        form.record.action_correct()
        self.env.invalidate_all()

    def test_corrected(self):
        with self.refuses(UserError, "this cannot be done any more"):
            self._convoked().action_correct()
        assembly = self._frozen()
        first = assembly.minutes_ids
        kept = first.content
        self._correct(assembly, "<p>The accounts are approved.</p>")
        second = assembly.minutes_ids.sorted("revision")[-1]
        self.assertEqual(assembly._get_minutes_in_force(), second)
        self.assertEqual((second.revision, second.user_id), (2, self.secretary))
        self.assertEqual(second.reason, "A letter was missing")
        self.assertEqual((first.superseded, second.superseded), (True, False))
        # The first one is as it was, and the second one names it.
        self.assertEqual(first.content, kept)
        content = second._read_content()
        self.assertEqual(content["previous_hash"], first.hash)
        self.assertEqual(content["author"], self.secretary.name)
        self.assertIn("approved", content["points"][0]["notes"])
        for part in ("attendance", "quorum", "convocation"):
            self.assertEqual(content[part], first._read_content()[part])
        text = self._read_pdf(second)
        for part in ("Revision 2", "A letter was missing", self.secretary.name, first.hash):
            self.assertIn("".join(part.split()), text)
        self.assertNotIn("Correctedby", self._read_pdf(first))
        with self.refuses(UserError, "Nothing differs"):
            self._correct(assembly, "<p>The accounts are approved.</p>")
        self._correct(assembly, "<p>The accounts are approved by all.</p>", "By whom")
        self.assertEqual(assembly.minutes_revision, 3)
        self.assertIsNone(first._verify(self.company))
        with self.refuses(UserError, "stay as they are"):
            second.sudo().write({"reason": "x"})

    def _read_pdf(self, minutes):
        """Return the text of a PDF without spaces: lines break anywhere."""
        pages = PdfReader(BytesIO(minutes.attachment_id.raw)).pages
        return "".join("".join(page.extract_text().split()) for page in pages)

    def test_two_who_correct(self):
        """Whoever opened the dialogue before another correction starts anew."""
        assembly = self._frozen()
        Correction = self.env["coop.assembly.correction"].with_user(self.secretary)
        context = assembly.action_correct()["context"]
        late = Correction.with_context(**context).create({"reason": "Late"})
        self._correct(assembly, "<p>The accounts are approved.</p>")
        late.line_ids[0].notes = "<p>Else</p>"
        with self.refuses(UserError, "Somebody corrected the minutes of .* meanwhile"):
            late.action_correct()
        self.assertEqual(assembly.minutes_revision, 2)
        blank = Correction.with_context(**context).create({"reason": "  "})
        blank.line_ids[0].notes = "<p>Else</p>"
        with self.refuses(UserError, "Say what is corrected"):
            blank.action_correct()

    @mute_logger("odoo.sql_db")
    def test_forged_corrections_are_found(self):
        assembly = self._frozen()
        self._correct(assembly, "<p>The accounts are approved.</p>")
        self._correct(assembly, "<p>The accounts are approved by all.</p>", "By whom")
        first, second, third = assembly.minutes_ids.sorted("revision")
        for statement, changed, text in (
            ("DELETE FROM coop_assembly_minutes WHERE id = %s", third, "Revision 3 .*missing"),
            (
                "DELETE FROM coop_assembly_minutes WHERE id = %s",
                second,
                "revision 3 does not follow",
            ),
            (
                "UPDATE coop_assembly_minutes SET revision = 4 WHERE id = %s",
                third,
                "revision 4 does not follow",
            ),
            (
                "UPDATE coop_assembly_minutes SET pdf_hash = hash WHERE id = %s",
                first,
                "The PDF of .*revision 1 was changed",
            ),
        ):
            with self.subTest(text), self.cr.savepoint() as savepoint:
                self.cr.execute("ALTER TABLE coop_assembly_minutes DISABLE TRIGGER USER")
                self.cr.execute(statement, [changed.id])
                self.env.invalidate_all()
                _record, fault = first._verify(self.company)
                self.assertRegex(fault, text)
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertIsNone(first._verify(self.company))

    def test_attendance_list(self):
        assembly, _resolution = self._held()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "smart_workgroups.report_assembly_attendance", assembly.ids
        )
        text = html.decode()
        for voter in self.voters:
            self.assertIn(voter.name, text)
        self.assertIn("4 present", text)
