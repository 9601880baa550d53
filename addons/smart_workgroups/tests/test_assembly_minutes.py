from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

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
