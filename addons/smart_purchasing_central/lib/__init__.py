from . import charging
from . import delivery
from . import plan_input, plan_run, pledging, price_limits, sharing
from . import price_list
from . import result
from . import scoring
from . import tiers
