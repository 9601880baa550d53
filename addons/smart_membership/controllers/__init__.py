from . import portal
from . import register
from . import binary, portal, portal_document, portal_service
