from . import charging
from . import delivery
from . import frontier
from . import frontier, plan_input, plan_run, pledging, price_limits, sharing
from . import plan_input
from . import plan_run
from . import pledging
from . import price_limits
from . import price_list
from . import result
from . import scoring
from . import sharing
from . import tiers
