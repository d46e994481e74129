from .test_running import *
