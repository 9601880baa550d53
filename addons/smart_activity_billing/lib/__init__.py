"""Arithmetic of the books in plain Python: no Odoo import, no database."""

from . import approval_link
from . import bad_debt
from . import bill_file
from . import concentration
from . import contribution
from . import joint
from . import money
from . import month_chart
from . import names
from . import ordered
from . import payroll_file
from . import period
from . import publication
from . import receipt_file
from . import share_chart
from . import slots
from . import small_groups
from . import statement
from . import typed_numbers
from . import write_off
