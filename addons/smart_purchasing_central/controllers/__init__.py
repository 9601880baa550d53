from . import offer_form
from . import portal_evidence
from . import portal_offer
from . import portal_price_list
from . import portal_purchase
from . import portal_purchase_need
from . import portal_purchase_pledge
