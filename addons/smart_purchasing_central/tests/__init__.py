from . import test_campaign_charge
from . import test_delivery
from . import test_delivery_lib
from . import test_delivery_random
from . import test_sharing
