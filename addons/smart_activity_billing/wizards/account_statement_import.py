from io import BytesIO
from zipfile import is_zipfile

from lxml import etree

from odoo import models
from odoo.exceptions import UserError


class AccountStatementImport(models.TransientModel):
    """A bank file is read whole or not at all, and once.

    The parser of the bank files mends broken XML as far as it can, so half a download would become
    half a statement; and it names no transaction, so the same file could be imported twice.
    """

    _inherit = "account.statement.import"

    def _parse_file(self, data_file):
        if not is_zipfile(BytesIO(data_file)):
            self._check_bank_file(data_file)
        try:
            return super()._parse_file(data_file)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise self._error_bank_file() from error

    def _check_bank_file(self, data_file):
        """Refuse what is no whole XML file, or no bank statement.

        :raise UserError: says what to do
        """
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            root = etree.fromstring(data_file, parser)
            for amount in root.iterfind(".//{*}Amt"):
                if amount.text and amount.text.strip():
                    float(amount.text)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._error_bank_file() from error
        if "camt.05" not in (etree.QName(root).namespace or ""):
            raise self._error_bank_file()

    def _complete_stmts_vals(self, stmts_vals, journal, account_number):
        """Name each transaction by its statement and its place there."""
        for statement in stmts_vals:
            for position, transaction in enumerate(statement["transactions"]):
                key = f"{statement.get('name')}-{statement.get('date')}-{position}"
                transaction.setdefault("unique_import_id", key)
        return super()._complete_stmts_vals(stmts_vals, journal, account_number)

    def _error_bank_file(self):
        return UserError(
            self.env._(
                "%(file)s is not a whole bank statement (CAMT.052, 053 or 054), so nothing was "
                "imported. Download it from your bank once more.",
                file=self.statement_filename or self.env._("This file"),
            )
        )
