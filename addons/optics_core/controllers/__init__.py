from . import person_export
from . import tracking
