from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from .machine_common import BREAKS, CENTS, PLACE

DECISIONS = ["approve", "approve", "refuse"]


class ApprovalRules:
    """Drafts that an accountant corrects, and what people decide by the link in a mail."""

    operations = (
        "submit_invoice",
        "propose_correction",
        "take_correction_back",
        "post_submission",
        "approve_by_link",
        "refuse_by_link",
    )

    @rule(turn=PLACE, cents=CENTS, place=PLACE, breaks=BREAKS)
    def review_submission(self, turn, cents, place, breaks):
        """A member hands in an invoice, and an accountant corrects or posts it."""
        submitted, proposed = self._submitted("submitted"), self._submitted("proposed")
        if submitted and turn % 2:
            invoice = self._pick(submitted, place)
            if turn % 3:
                self._do("propose_correction", breaks, lambda: self._correct_to(invoice, cents))
            else:
                self._do("post_submission", breaks, invoice.action_submission_post)
        elif proposed and turn % 3 == 0:
            method = "action_correction_take_back"
            self._step("take_correction_back", breaks, proposed, place, method)
        else:
            activity = self._pick(self.activities, place)
            self._do("submit_invoice", breaks, lambda: self._hand_in(activity, cents))

    @precondition(lambda self: self._links())
    @rule(place=PLACE, breaks=BREAKS, decision=st.sampled_from(DECISIONS), seen=st.booleans())
    def decide_by_link(self, place, breaks, decision, seen):
        """Any document whose link is open; at times the page showed another content."""
        link = self._pick(self._links(), place)
        content = link._get_document()._get_approval_fingerprint() if seen else link.content_hash

        def decide():
            link._decide(decision, "No" if decision == "refuse" else "", content)

        if self._do(f"{decision}_by_link", breaks, decide):
            self.case.assertIn(link.state, ("approved", "refused"))

    def _hand_in(self, activity, cents):
        """It says nothing to the budget until it is posted."""
        self.case._invoice(
            self.case._line(cents / 100),
            post=False,
            activity_id=activity.id,
            submission_state="submitted",
            submitted_by_id=self._manager(activity).partner_id.id,
        )

    def _correct_to(self, invoice, cents):
        invoice.invoice_line_ids.price_unit = cents / 100
        self.env["coop.invoice.send.back"].create(
            {"move_id": invoice.id, "reason": "The order says so"}
        ).action_propose()

    def _submitted(self, state):
        return self._find("account.move", ("submission_state", "=", state), ("state", "=", "draft"))

    def _links(self):
        """Return the open links, the latest last; decided on as the system does behind the page."""
        return self._in_state("coop.approval", "open").sudo()
