from . import bank, separation, shares
