from . import composition
from . import frozen_minutes
from . import series
from . import terms
