from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from .machine_common import BREAKS, CENTS, PLACE

DECISIONS = ["approve_by_link", "approve_by_link", "refuse_by_link"]
REVIEWS = ["submit_invoice", "propose_correction", "take_correction_back", "post_submission"]


class ApprovalRules:
    """Drafts that an accountant corrects, and what people decide by the link in a mail."""

    several = {"review_submission": REVIEWS, "decide_by_link": DECISIONS}

    @rule(turn=PLACE, cents=CENTS, place=PLACE, breaks=BREAKS)
    def review_submission(self, turn, cents, place, breaks):
        """A member hands in an invoice, and an accountant corrects or posts it."""
        submitted, proposed = self._submitted("submitted"), self._submitted("proposed")
        possible = {
            "submit_invoice": True,
            "propose_correction": submitted,
            "post_submission": submitted,
            "take_correction_back": proposed,
        }
        possible = [name for name, records in possible.items() if records]
        step = self._choose("review_submission", turn, possible)
        if step == "submit_invoice":
            activity = self._pick(self.activities, place)
            self._do(step, breaks, lambda: self._hand_in(activity, cents))
        elif step == "propose_correction":
            invoice = self._pick(submitted, place)
            self._do(step, breaks, lambda: self._correct_to(invoice, cents))
        elif step == "post_submission":
            self._step(step, breaks, submitted, place, "action_submission_post")
        else:
            self._step(step, breaks, proposed, place, "action_correction_take_back")

    @precondition(lambda self: self._links())
    @rule(turn=PLACE, place=PLACE, breaks=BREAKS, seen=st.booleans())
    def decide_by_link(self, turn, place, breaks, seen):
        """Any document whose link is open; at times the page showed another content."""
        link = self._pick(self._links(), place)
        step = self._choose("decide_by_link", turn)
        decision = step.removesuffix("_by_link")
        content = link._get_document()._get_approval_fingerprint() if seen else link.content_hash

        def decide():
            link._decide(decision, "No" if decision == "refuse" else "", content)

        if self._do(step, breaks, decide):
            self.case.assertIn(link.state, ("approved", "refused"))

    def _hand_in(self, activity, cents):
        """It says nothing to the budget until it is posted."""
        invoice = self.case._invoice(
            self.case._line(cents / 100), post=False, activity_id=activity.id
        )
        # The pages of the portal write it with the rights of the system.
        invoice.sudo().write(
            {
                "submission_state": "submitted",
                "submitted_by_id": self._manager(activity).partner_id.id,
            }
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
