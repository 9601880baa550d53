"""Links in e-mails: what waits is sent to who decides."""

from . import submissions


def ask(scene, clients):
    """Let the accountant get expenses by e-mail, and send what waits now."""
    scene.company.approval_user_ids = scene.env.user
    scene.env["coop.expense"].search([("state", "=", "submitted")])._request_approvals()
    submissions.correct(scene, clients)
    # Nothing leaves from here: the mails can be read in the list of e-mails, and the links work.
    scene.env["coop.approval"].search([("mail_id", "!=", False)]).mail_id.state = "sent"
