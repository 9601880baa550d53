from . import portal, portal_exit
