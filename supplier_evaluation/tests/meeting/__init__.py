# meeting
from . import test_meeting
from . import test_meeting_calendar
from . import test_meeting_portal
from . import test_meeting_tours
