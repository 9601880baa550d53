from . import coop_poll_annul
from . import coop_poll_paper_mark
