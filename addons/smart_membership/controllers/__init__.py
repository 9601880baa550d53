from . import portal
from . import portal_directory
from . import portal_network
from . import register
from . import binary, portal, portal_document, portal_service
from . import portal_share_transfer
from . import join
from . import my_shares
