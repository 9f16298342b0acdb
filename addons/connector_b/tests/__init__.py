# The life of an import.
from . import test_import_accept
from . import test_import_blockers
from . import test_import_check
from . import test_import_contradictions
from . import test_import_life
from . import test_import_log
from . import test_import_missing
from . import test_import_one_at_a_time
from . import test_import_preview
from . import test_import_profile
from . import test_import_revival
from . import test_import_rights
from . import test_import_run
from . import test_import_sheets
from . import test_import_undo
from . import test_problem_text

# Ways in: API, mail, watched folder; ready profiles.
from . import test_import_api
from . import test_import_mail
from . import test_import_folder
from . import test_ready_profiles

# Products.
from . import test_product_keys
from . import test_product_fields
from . import test_product_companies
from . import test_product_stock_prices
from . import test_product_write
from . import test_product_undo
from . import test_product_images
from . import test_product_equality

# Screens.
from . import test_import_wizard
from . import test_import_tours
from . import test_translation

# Lenses and frames.
from . import test_lens_sample
from . import test_frame_sample
from . import test_frame_variants
from . import test_lens_ranges
