# review
from . import test_team
