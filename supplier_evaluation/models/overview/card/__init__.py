# odoo models
from . import finding
from . import supplier_scorecard
from . import beside
from . import figure
from . import worst
from . import next_step
from . import printed
