from . import test_campaign_charge
from . import test_campaign_result
from . import test_delivery
from . import test_delivery_lib
from . import test_delivery_random
from . import test_hand_over
from . import test_sharing
