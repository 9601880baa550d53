from . import coop_poll_annul
