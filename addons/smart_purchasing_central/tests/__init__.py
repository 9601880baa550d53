from . import test_order
from . import test_plan
from . import test_price_limits
from . import test_campaign_life
from . import test_campaign_pledge
from . import test_purchase_need
from . import test_sharing
