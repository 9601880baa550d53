from . import charging
from . import delivery
from . import pledging
from . import result
from . import sharing
from . import frontier, plan_input, plan_run, pledging, price_limits, sharing
from . import price_list
from . import result
from . import scoring
from . import tiers
