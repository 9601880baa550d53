from . import portal
from . import portal_directory
from . import portal_network
from . import register
