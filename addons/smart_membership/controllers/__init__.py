from . import binary, portal, portal_document, portal_service
