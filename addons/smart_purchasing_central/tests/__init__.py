from . import test_offer_evaluation
from . import test_offer_lib
from . import test_offer_sealed
from . import test_price_list
from . import test_sharing
