from . import hand_over
from . import portal_purchase_result
