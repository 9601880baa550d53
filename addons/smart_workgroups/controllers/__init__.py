from . import poll_desk
from . import portal_vote
