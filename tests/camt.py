"""Bank files as a Belgian bank sends them: CAMT.053, one statement of one day."""

from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
  <BkToCstmrStmt>
    <GrpHdr><MsgId>{number}</MsgId><CreDtTm>{day}T18:00:00</CreDtTm></GrpHdr>
    <Stmt>
      <Id>{number}</Id>
      <CreDtTm>{day}T18:00:00</CreDtTm>
      <Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>
      {opening}
      {closing}
{entries}
    </Stmt>
  </BkToCstmrStmt>
</Document>
"""
BALANCE = (
    "<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
    '<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>'
)
ENTRY = """      <Ntry>
        <NtryRef>{number}</NtryRef>
        <Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>
        <AcctSvcrRef>{day}-{number}</AcctSvcrRef>
        <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
        <NtryDtls><TxDtls>
          <Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
          <AmtDtls><TxAmt><Amt Ccy="EUR">{amount}</Amt></TxAmt></AmtDtls>
          <RltdPties><{role}><Nm>{party}</Nm></{role}></RltdPties>
          <RmtInf>{remittance}</RmtInf>
        </TxDtls></NtryDtls>
      </Ntry>"""
STRUCTURED = (
    "<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry><Issr>BBA</Issr></Tp>"
    "<Ref>{digits}</Ref></CdtrRefInf></Strd>"
)


def statement(iban: str, day: date, payments: list[tuple[str, str, Decimal]], number="2026-001"):
    """Return the bytes of a statement with these payments (other party, communication, amount).

    A structured communication (+++123/4567/89012+++) travels as its twelve digits, and an empty one
    not at all. An amount below zero was paid to the other party.

    >>> payments = [("A & B", "+++1/2+++", Decimal("5")), ("C", "For you", Decimal("-2"))]
    >>> text = statement("BE68539007547034", date(2026, 1, 5), payments)
    >>> b"<Ref>12</Ref>" in text, b"<Dbtr><Nm>A &amp; B</Nm></Dbtr>" in text, text.count(b">5.00<")
    (True, True, 2)
    >>> b"<Ustrd>For you</Ustrd>" in text, b"<Cdtr><Nm>C</Nm></Cdtr>" in text
    (True, True)
    """

    def side(amount):
        return {"amount": f"{abs(amount):.2f}", "side": "CRDT" if amount >= 0 else "DBIT"}

    def remittance(communication):
        if not communication:
            return ""
        if communication.startswith("+++"):
            return STRUCTURED.format(digits=communication.replace("+", "").replace("/", ""))
        return f"<Ustrd>{escape(communication)}</Ustrd>"

    total = sum(amount for _party, _communication, amount in payments)
    entries = [
        ENTRY.format(
            number=position,
            day=day,
            role="Dbtr" if amount >= 0 else "Cdtr",
            party=escape(party),
            remittance=remittance(communication),
            **side(amount),
        )
        for position, (party, communication, amount) in enumerate(payments, 1)
    ]
    return DOCUMENT.format(
        number=number,
        day=day,
        iban=iban,
        opening=BALANCE.format(kind="OPBD", day=day, **side(Decimal(0))),
        closing=BALANCE.format(kind="CLBD", day=day, **side(total)),
        entries="\n".join(entries),
    ).encode()
