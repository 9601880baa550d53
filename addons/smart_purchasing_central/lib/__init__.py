from . import frontier
from . import plan_input
from . import plan_run
from . import price_limits
from . import sharing
from . import pledging, sharing
