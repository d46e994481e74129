# Rooms by subject, from the lowest floor up: each names itself and those below it.
from . import base
from . import chain
from . import history
from . import promise
from . import document
from . import risk
from . import receipt
from . import scorecard
from . import review
from . import certification
from . import lifecycle
from . import gate
from . import corrective
from . import application
from . import tier
from . import improvement
from . import alert
