# what suppliers see of our demand, and how they hear of it
from . import pages
from . import supplier_demand
