"""Old invoices that nobody paid: one is borne by the mutual guarantee, one was recovered."""

from odoo.fields import Domain

OLD_DAYS = 150
# Whose portal shows first that the cooperative bears an invoice.
FIRST = "Lotte Tekent"


def write_off_the_oldest(scene):
    """Write off two of the invoices that are overdue for long, and recover the second one."""
    old = _search_unpaid(scene)
    if not old:
        return
    _write_off(scene, old[0], 60, "Faillissement: de curator verwacht niets voor ons.")
    if len(old) > 1:
        debt = _write_off(scene, old[1], 90, "Deux mises en demeure restées sans réponse.")
        debt._recover(debt.invoice_amount, scene.ago(days=9), "L'huissier annonce le paiement.")


def _search_unpaid(scene):
    """Return the oldest overdue invoices of Activities, in euro; those of one Activity first."""
    invoices = (
        scene.env["account.move"].search(
            Domain("company_id", "=", scene.company.id)
            & Domain("move_type", "=", "out_invoice")
            & Domain("payment_state", "=", "not_paid")
            & Domain("state", "=", "posted")
            & Domain("line_ids.activity_id", "!=", False)
            & Domain("currency_id", "=", scene.company.currency_id.id)
            & Domain("invoice_date_due", "<", scene.ago(days=OLD_DAYS)),
            order="invoice_date, id",
        )
        - scene.riddles
    )
    return invoices.sorted(
        lambda invoice: scene.activities[FIRST] not in invoice.line_ids.activity_id
    )


def _write_off(scene, invoice, days, reason):
    day = max(scene.ago(days=days), invoice.invoice_date)
    Debt = scene.env["coop.bad.debt"]
    return Debt._write_off(invoice, invoice.amount_residual, day, reason, False)
