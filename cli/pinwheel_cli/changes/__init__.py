"""What differs between two versions of the API, as data: `compare("2023-11-22", "2025-07-08")`.

Pure functions over OpenAPI documents, with nothing but the standard library: each difference has a rule that oasdiff
knows, a level by Pinwheel's own policy and one by the strict contract, and a fingerprint that stays.
"""

from .api import Api
from .compare import compare
from .model import LEVELS, Change, Comparison, Level
from .rules import RULES, Rule

__all__ = ["LEVELS", "RULES", "Api", "Change", "Comparison", "Level", "Rule", "compare"]
