from . import test_portal_vote
from . import test_proxy
from . import test_vote_lib
from . import test_vote_life
from . import test_vote_paper
from . import test_vote_secrecy
from . import test_vote_tour
from . import test_vote_verify
