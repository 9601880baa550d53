from . import portal_action
from . import portal_recommendation
from . import portal_recommendation_draft
from . import portal_response
from . import portal_trace
