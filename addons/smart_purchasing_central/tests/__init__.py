from . import test_campaign_demo
from . import test_campaign_life
from . import test_campaign_pledge
from . import test_campaign_portal
from . import test_campaign_security
from . import test_campaign_tour
from . import test_purchase_need
from . import test_sharing
