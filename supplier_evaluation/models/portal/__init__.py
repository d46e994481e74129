# what suppliers see of themselves, and send: read and written through one door
from . import mixin
from . import access
from . import upload
from . import pages
from . import figures
from . import sending
from . import telling
from . import supplier_dispute
from . import overriding
from . import deciding
from . import supplier_announcement
from . import demand
from . import idea

# lower rooms
from . import res_company
from . import supplier_document
from . import supplier_evaluation
from . import supplier_scorecard
