# what a rule watches
from . import source
from . import records
from . import revision
from . import kpi
from . import change
from . import date
from . import silence
from . import funnel
from . import seal
