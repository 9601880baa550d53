from odoo import models

from odoo.addons.account.tools.structured_reference import (
    is_valid_structured_reference_be,
    is_valid_structured_reference_iso,
    sanitize_structured_reference,
)

# What the parser writes when it found no words.
NO_LABEL = "/"


def as_written_on_invoices(text):
    """Return a communication the way in which invoices write theirs: by it a payment is matched.

    >>> as_written_on_invoices("123456789002"), as_written_on_invoices("***123/4567/89002***")
    ('+++123/4567/89002+++', '+++123/4567/89002+++')
    >>> as_written_on_invoices("RF18123456789"), as_written_on_invoices(" RF18 1234 5678 9")
    ('RF18 1234 5678 9', 'RF18 1234 5678 9')
    >>> as_written_on_invoices(" For the plates "), as_written_on_invoices("123456789003")
    ('For the plates', '123456789003')
    """
    bare = sanitize_structured_reference(text)
    if is_valid_structured_reference_be(bare):
        return f"+++{bare[:3]}/{bare[3:7]}/{bare[7:]}+++"
    if is_valid_structured_reference_iso(bare):
        return " ".join(bare[start : start + 4] for start in range(0, len(bare), 4))
    return text.strip()


class AccountStatementImportCamtParser(models.AbstractModel):
    """What the payer said is the label of the payment, structured or in words.

    The parser keeps structured communications out of the label and leaves a slash. Payments are
    matched with what has their label in its number, and a slash is in the number of every invoice:
    whoever owed one thing only, had paid that one.
    """

    _inherit = "account.statement.import.camt.parser"

    def parse_transaction_details(self, ns, node, transaction):
        result = super().parse_transaction_details(ns, node, transaction)
        path = "./ns:RmtInf/ns:Strd/ns:CdtrRefInf/ns:Ref/text()"
        if transaction["payment_ref"] == NO_LABEL:
            structured = node.xpath(path, namespaces={"ns": ns})
            transaction["payment_ref"] = " ".join(structured).strip() or NO_LABEL
        transaction["payment_ref"] = as_written_on_invoices(transaction["payment_ref"])
        return result

    def parse_entry(self, ns, node):
        path = "./ns:AddtlNtryInf/text()"
        told = " ".join(node.xpath(path, namespaces={"ns": ns})).strip()
        for transaction in super().parse_entry(ns, node):
            if transaction["payment_ref"].strip(NO_LABEL + " ") == "":
                transaction["payment_ref"] = told or self.env._("Without communication")
            yield transaction
