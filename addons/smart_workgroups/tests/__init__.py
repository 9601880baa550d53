from . import test_action
from . import test_board_review
from . import test_frozen_text
from . import test_governance_tour
from . import test_recommendation
