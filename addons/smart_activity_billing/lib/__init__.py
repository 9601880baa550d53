"""Arithmetic of the books in plain Python: no Odoo import, no database."""

from . import concentration
from . import contribution
from . import money
from . import month_chart
from . import names
from . import period
from . import publication
from . import receipt_file
from . import share_chart
from . import small_groups
from . import statement
from . import typed_numbers
