from . import portal
from . import register
from . import portal_share_transfer
