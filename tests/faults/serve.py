"""A server with one bug planted, as `python -m server` is without. Which one says the environment."""

from __future__ import annotations

import os
import sys

from server.__main__ import main

from .bugs import BUGS, in_place
from .machines import BUG

with in_place(BUGS[os.environ[BUG]]):
    sys.exit(main())
