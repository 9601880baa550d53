from . import charging
from . import delivery
from . import pledging
from . import result
from . import sharing
