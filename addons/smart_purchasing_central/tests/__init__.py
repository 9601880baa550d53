from . import test_order
from . import test_plan
from . import test_sharing
