# overview
from . import test_supplier_360
from . import test_supplier_360_tours
from . import test_supplier_visit

# the page of a scorecard
from .card import *
