from . import portal, portal_document, portal_service
