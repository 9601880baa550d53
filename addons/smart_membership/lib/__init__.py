from . import (
    shares,
    table_file,
)
