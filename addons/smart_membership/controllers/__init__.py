from . import portal, portal_directory, portal_network
