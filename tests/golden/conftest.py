"""The random instances of tests/oracle, for the models that are stored of them."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "oracle"))
