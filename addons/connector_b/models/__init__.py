# The life of an import: the profile, the job and its steps, its rows and log.
from . import import_problem_text
from . import problem_text_target
from . import problem_text_source
from . import problem_text_cell
from . import problem_text_mapping
from . import problem_text_record
from . import import_profile
from . import import_column
from . import import_profile_mapping
from . import import_profile_once
from . import import_row
from . import import_row_bulk
from . import import_row_acceptance
from . import import_log
from . import import_progress
from . import import_job
from . import import_job_progress
from . import import_job_blockers
from . import import_job_lock
from . import import_job_file
from . import import_job_context
from . import import_job_acceptance
from . import import_job_reading
from . import import_job_analysis
from . import import_job_preview
from . import import_job_run
from . import import_job_chunk
from . import import_job_missing
from . import import_job_undo
from . import import_job_download
from . import import_job_revival

# Targets: what rows become.
from . import import_target

# Products: keys, found, compared, written, taken back.
from . import import_target_product
from . import product_keys
from . import product_found
from . import product_dictionary
from . import product_money
from . import product_compare
from . import product_prices
from . import product_vendor
from . import product_stock
from . import product_images
from . import product_barcodes
from . import product_create
from . import product_change
from . import product_write
from . import product_references
from . import product_undo

# Lenses: gathered, known, compared with their ranges, written, taken back; powers in stock.
from . import lens_range_origin
from . import import_target_lens
from . import lens_gather
from . import lens_facts
from . import lens_compare
from . import lens_ranges
from . import lens_write
from . import lens_power
from . import lens_undo

# Frames: identified, found, compared, made with their variants and prices, taken back.
from . import import_target_frame
from . import frame_identity
from . import frame_found
from . import frame_compare
from . import frame_prices
from . import frame_create
from . import frame_undo

# Ways in: API, mail, watched folder; ready profiles.
from . import import_token
from . import import_job_arrival
from . import import_profile_arrival
from . import import_profile_mail
from . import import_profile_folder
from . import import_profile_sample
