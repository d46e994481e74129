# Rooms by subject, from the lowest floor up: each names itself and those below it.
from . import scorecard
from . import certification
from . import application
from . import assessment
from . import exchange
from . import portal
