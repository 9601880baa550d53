from . import frontier, plan_input, plan_run, pledging, price_limits, sharing
