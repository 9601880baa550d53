from . import test_campaign_life
from . import test_campaign_pledge
from . import test_offer_evaluation
from . import test_offer_lib
from . import test_offer_sealed
from . import test_price_list
from . import test_purchase_need
from . import test_sharing
