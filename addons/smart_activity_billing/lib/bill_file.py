"""Electronic bills (UBL): what one says about itself, before anything is booked from it."""

import re

from lxml import etree

_BEGINNING = re.compile(rb"(\xef\xbb\xbf)?\s*<(\?xml|(\w+:)?(Invoice|CreditNote))\b")
_LARGEST = 5 * 1024 * 1024
_WHERE = {
    "number": "./{*}ID",
    "date": "./{*}IssueDate",
    "supplier": "./{*}AccountingSupplierParty/{*}Party/{*}PartyLegalEntity/{*}RegistrationName",
    "trade_name": "./{*}AccountingSupplierParty/{*}Party/{*}PartyName/{*}Name",
    "total": "./{*}LegalMonetaryTotal/{*}TaxInclusiveAmount",
}


def is_xml(content):
    """Tell whether the content is meant to be an electronic bill, whatever the name of the file.

    >>> is_xml(b'<?xml version="1.0"?><Invoice/>'), is_xml(b"<ubl:Invoice>")
    (True, True)
    >>> is_xml(b"%PDF-1.4"), is_xml(b""), is_xml(b"<script>")
    (False, False, False)
    """
    return bool(_BEGINNING.match(content[:100]))


def read_bill(content):
    """Return what a UBL bill says about itself as texts, or None for any other file.

    Whatever could make a reader fetch or repeat something (a document type) is no bill.

    >>> read_bill(b"<svg/>"), read_bill(b"<Invoice"), read_bill(b"%PDF-1.4")
    (None, None, None)
    >>> ubl = b"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
    >>> read_bill(b'<?xml version="1.0"?><Invoice xmlns="' + ubl + b'"/>')["kind"]
    'Invoice'
    >>> read_bill(
    ...     b'<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY y "z">]>'
    ...     b'<Invoice xmlns="' + ubl + b'"><ID>&y;</ID></Invoice>'
    ... )
    >>> bill = read_bill(
    ...     b'<Invoice xmlns="' + ubl + b'">'
    ...     b"<ID>F 7</ID><IssueDate>2025-03-12</IssueDate><LegalMonetaryTotal>"
    ...     b'<TaxInclusiveAmount currencyID="EUR">121.00</TaxInclusiveAmount>'
    ...     b"</LegalMonetaryTotal></Invoice>"
    ... )
    >>> bill["kind"], bill["number"], bill["date"], bill["total"], bill["currency"]
    ('Invoice', 'F 7', '2025-03-12', '121.00', 'EUR')
    >>> bill["supplier"]
    ''
    """
    if not is_xml(content) or len(content) > _LARGEST:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
    name = etree.QName(root)
    is_bill = name.localname in ("Invoice", "CreditNote") and "ubl" in (name.namespace or "")
    if not is_bill or root.getroottree().docinfo.doctype:
        return None
    found = {key: root.find(path) for key, path in _WHERE.items()}
    texts = {
        key: "" if node is None else " ".join((node.text or "").split())
        for key, node in found.items()
    }
    total = found["total"]
    return texts | {
        "kind": name.localname,
        "supplier": texts["supplier"] or texts.pop("trade_name"),
        "currency": "" if total is None else total.get("currencyID", ""),
    }
