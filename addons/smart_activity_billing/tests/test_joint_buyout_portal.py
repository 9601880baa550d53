import uuid

from odoo.tests import tagged

from .test_joint_portal import JointPortalCase


@tagged("post_install", "-at_install")
class TestJointBuyoutPortal(JointPortalCase):
    """Who leaves asks on a phone, who takes over answers there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.investment = cls._bought()

    def leave(self, **values):
        return self.post(
            f"/{self.investment.id}/leave",
            **{
                "token": str(uuid.uuid4()),
                "activity_id": str(self.gallery.id),
                "buyers": [str(self.workshop.id), str(self.press.id)],
                "other": "",
                "reason": "We move away",
                **values,
            },
        )

    def buyouts(self):
        return self.investment.buyout_ids

    def answer(self, step, activity, **values):
        line = self.buyouts().line_ids.filtered(lambda one: one.activity_id == activity)
        return self.post(
            f"/buyouts/{self.buyouts().id}/{step}", **{"line_id": str(line.id), **values}
        )

    def test_ask_once_and_accept(self):
        self.login_as(self.receiver)
        self.assertIn("Workshop", self.page(f"/{self.investment.id}/leave"))
        token = str(uuid.uuid4())
        for _press in range(2):
            response = self.leave(token=token)
            self.assertEqual(response.status_code, 303, response.text[:2000])
        self.assertEqual(len(self.buyouts()), 1)
        lines = self.buyouts().line_ids
        self.assertEqual(
            {line.activity_id: line.amount for line in lines}, {self.workshop: 225, self.press: 75}
        )
        self.login_as(self.third)
        self.assertIn("Waiting for your answer", self.page())
        page = self.page(f"/buyouts/{self.buyouts().id}")
        self.assertIn("We move away", page)
        self.assertIn("75.00", page)
        # What the other takes over is not shown to this one.
        self.assertNotIn("225.00", page)
        self.assertEqual(self.answer("accept", self.press).status_code, 303)
        self.assertEqual(self.answer("accept", self.press).status_code, 422)
        self.login_as(self.giver)
        self.answer("accept", self.workshop)
        self.assertEqual(self.buyouts().state, "done")
        self.assert_available(260, 935, 242.5)
        # Who left is told what became of it, and uses it no more.
        self.login_as(self.receiver)
        self.assertIn("300.00", self.page(f"/buyouts/{self.buyouts().id}"))
        self.assertEqual(self.open(f"/{self.investment.id}/calendar").status_code, 404)
        self.assertEqual(self.open(f"/{self.investment.id}/leave").status_code, 404)

    def test_another_activity(self):
        stranger = self._create_member("Stranger")
        foundry = self.env["coop.activity"].create(
            {"name": "Foundry", "membership_id": stranger.id, "state": "open"}
        )
        self._invoice(self._line(1000, {foundry: 100}))
        login = self._create_portal_user("j_stranger", stranger, "en_US")
        self.login_as(self.receiver)
        response = self.leave(other="A99999")
        self.assertEqual(response.status_code, 422)
        self.assertIn('value="A99999"', response.text)
        self.assertIn("We move away", response.text)
        self.leave(other=foundry.code)
        self.login_as(login)
        self.assertEqual(self.answer("accept", foundry).status_code, 303)
        self.assertEqual(self.buyouts().state, "done")
        self.assertIn("Laser cutter", self.page(f"/{self.investment.id}"))

    def test_wrong_forms(self):
        self.login_as(self.receiver)
        for values in (
            {"activity_id": str(self.workshop.id)},
            {"activity_id": ""},
            {"buyers": []},
            {"buyers": ["999999", "x"]},
            {"buyers": [str(self.gallery.id)]},
            {"other": self.gallery.code},
        ):
            with self.subTest(values=values):
                self.assertEqual(self.leave(**values).status_code, 422)
        self.assertFalse(self.buyouts().filtered(lambda one: one.state == "submitted"))

    def test_refuse_with_a_reason_and_withdraw(self):
        self.login_as(self.receiver)
        self.leave()
        self.login_as(self.third)
        self.assertEqual(self.answer("refuse", self.press, reason="").status_code, 422)
        self.answer("refuse", self.press, reason="Too dear")
        self.assertEqual(self.buyouts().state, "refused")
        self.login_as(self.receiver)
        self.assertIn("Too dear", self.page(f"/buyouts/{self.buyouts().id}"))
        self.leave()
        second = self.buyouts().filtered(lambda one: one.state == "submitted")
        self.assertEqual(self.post(f"/buyouts/{second.id}/withdraw").status_code, 303)
        self.assertEqual(second.state, "cancelled")

    def test_foreign_ids_answer_nothing(self):
        self.login_as(self.receiver)
        self.leave(buyers=[str(self.workshop.id)])
        buyout = self.buyouts()
        self.login_as(self.third)
        self.assertEqual(self.open(f"/buyouts/{buyout.id}").status_code, 404)
        for step in ("accept", "refuse", "withdraw"):
            response = self.post(
                f"/buyouts/{buyout.id}/{step}", line_id=str(buyout.line_ids.id), reason="No"
            )
            self.assertEqual(response.status_code, 404)
        self.login_as(self.giver)
        self.assertEqual(self.post(f"/buyouts/{buyout.id}/withdraw").status_code, 404)
        self.assertEqual(
            self.post(f"/buyouts/{buyout.id}/accept", line_id="999999").status_code, 404
        )
        self.assertEqual(buyout.state, "submitted")
