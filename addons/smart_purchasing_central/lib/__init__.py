from . import pledging, sharing
