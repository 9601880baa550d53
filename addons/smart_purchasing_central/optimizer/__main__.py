"""Run the optimiser on a file: ``python -m optimizer FILE.json --seconds 60``."""

import sys

from .cli import main

sys.exit(main())
