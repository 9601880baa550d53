"""The electoral roll as Belenios takes it: one voter a line, ``address,login,weight``.

So its administrators' pages say (belenios.org/faq.html; CHANGES of 1.14). The address gets the
credential, the login tells voters apart where two share an address.
"""

import re

# No comma or white space, which would be another field or another line; one sign between two parts.
_ADDRESS = re.compile(r"[^\s,@]+@[^\s,@]+")


class RollError(ValueError):
    """Some voters cannot be written down: they get no credential."""

    def __init__(self, numbers):
        """Keep the numbers of these members, in order."""
        super().__init__(f"no usable address: {numbers}")
        self.numbers = numbers


def voters_file(rows):
    """Return the file of the voters, each with one vote.

    :param rows: of each voter the member number and the e-mail
    :raise RollError: for voters without an address that can be written down

    >>> print(voters_file([(2, "bob@example.com"), (1, "ann@example.com ")]), end="")
    ann@example.com,1,1
    bob@example.com,2,1
    >>> try:
    ...     voters_file([(3, ""), (2, None), (1, "a,b@example.com"), (4, "dee@example.com")])
    ... except RollError as error:
    ...     print(error.numbers)
    [1, 2, 3]
    """
    lines, wrong = [], []
    for number, email in sorted(rows, key=lambda row: row[0]):
        address = (email or "").strip()
        if _ADDRESS.fullmatch(address):
            lines.append(f"{address},{number},1\n")
        else:
            wrong.append(number)
    if wrong:
        raise RollError(wrong)
    return "".join(lines)
