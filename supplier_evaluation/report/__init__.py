# Rooms by subject, from the lowest floor up: each names itself and those below it.
from . import fact
from . import history
from . import document
from . import incident
from . import risk
from . import receipt
from . import price
from . import bill
from . import response
from . import delivery
from . import scorecard
from . import review
from . import certification
from . import lifecycle
from . import profile
from . import overview
from . import start
