from . import charging
from . import delivery
from . import result
from . import sharing
from . import pledging, sharing
