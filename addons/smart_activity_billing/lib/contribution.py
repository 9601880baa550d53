"""The contribution to the shared services: one percentage of every invoiced amount.

Rounded half up to the cent for each Activity of a document. A document and those that
reverse it are one family: together they have contributed ``rate x remaining base``, so that
a refund in any number of parts nets to nothing.
"""

from decimal import Decimal

from .money import exact


def contribution(base, rate, unit):
    """Contribution on ``base`` at ``rate`` percent.

    >>> contribution("1000.00", 6.5, "0.01")
    Decimal('65.00')
    >>> contribution("-7.70", 6.5, "0.01")
    Decimal('-0.50')
    """
    return exact(Decimal(str(base)) * Decimal(str(rate)) / 100, unit)


def next_contribution(base, rate, family_base, family_amount, unit):
    """Contribution of one more document in a family.

    :param base: signed base of this document (a credit note's is negative)
    :param family_base: sum of the bases of the family's other documents
    :param family_amount: sum of the contributions of the family's other documents

    >>> next_contribution("-3.33", 6.5, "10.00", "0.65", "0.01")
    Decimal('-0.22')
    >>> next_contribution("-6.67", 6.5, "6.67", "0.43", "0.01")
    Decimal('-0.43')
    """
    remaining = Decimal(str(family_base)) + Decimal(str(base))
    return contribution(remaining, rate, unit) - Decimal(str(family_amount))


class ContributionFamily:
    """What an invoice and the documents that reverse it have contributed so far.

    Payers are any hashable: the Activities of the documents. The rate is the one that the first
    document froze; it holds for all later ones.

    >>> family = ContributionFamily("0.01")
    >>> family.remember("workshop", "10.00", 6.5, family.next("workshop", "10.00", 6.5))
    >>> [family.next("workshop", base, 6.5) for base in ("-10.00", "-3.33")]
    [Decimal('-0.65'), Decimal('-0.22')]
    >>> family.remember("studio", "5.00", 6.5, "0.33", is_root=True)
    >>> family.total, family.root
    (Decimal('15.00'), Decimal('5.00'))
    """

    def __init__(self, unit):
        self.unit = unit
        self.rate = None
        # The bases of all documents, and that of the first one.
        self.total = self.root = Decimal(0)
        self._bases = {}
        self._amounts = {}

    def next(self, payer, base, percentage):
        """Contribution of ``payer`` for one more document with ``base``."""
        return next_contribution(
            base, percentage, self._bases.get(payer, 0), self._amounts.get(payer, 0), self.unit
        )

    def remember(self, payer, base, rate, amount, is_root=False):
        """Take a document into account."""
        self.rate = rate
        self.total += exact(base, self.unit)
        if is_root:
            self.root += exact(base, self.unit)
        self._bases[payer] = self._bases.get(payer, Decimal(0)) + exact(base, self.unit)
        self._amounts[payer] = self._amounts.get(payer, Decimal(0)) + exact(amount, self.unit)
