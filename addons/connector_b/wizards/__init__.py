# Upload and mapping.
from . import import_wizard
from . import import_wizard_sample
from . import import_wizard_profile
from . import import_wizard_screen
from . import import_wizard_grid
from . import import_wizard_reasons
from . import import_wizard_words
from . import import_wizard_stock
from . import import_wizard_currency

# What the form of an import shows and asks.
from . import import_job_screen
from . import import_job_buttons
from . import import_profile_upload
from . import import_override
from . import import_undo
