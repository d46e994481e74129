# all screens together
from . import test_menus
from . import test_screens
from . import test_tours
from . import test_translations
from . import test_walk
from . import test_name_search
from . import test_moved_vendor
