from . import (
    bank,
    separation,
    shares,
    table_file,
)
