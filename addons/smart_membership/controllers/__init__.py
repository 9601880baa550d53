from . import (
    binary,
    join,
    my_shares,
    portal,
    portal_directory,
    portal_document,
    portal_exit,
    portal_my_data,
    portal_network,
    portal_service,
    portal_share_transfer,
    register,
)
