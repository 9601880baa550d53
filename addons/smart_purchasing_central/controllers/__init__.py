from . import hand_over
from . import portal_purchase_result
from . import portal_purchase
from . import portal_purchase_need
from . import portal_purchase_pledge
