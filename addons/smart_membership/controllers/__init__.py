from . import portal
from . import join
from . import my_shares
