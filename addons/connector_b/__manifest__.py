{
    "name": "Supplier price lists and exchange with 1C",
    "version": "17.0.1.0.0",
    "category": "Inventory/Import",
    "summary": "A supplier's price list in the shop in minutes, and back out again if it was wrong",
    "author": "OpticsERP",
    "website": "https://github.com/OpticsERP/OpticsERP",
    "license": "LGPL-3",
    "depends": [
        "optics_core",
        "queue_job",
    ],
    "data": [
        "security/import_groups.xml",
        "security/ir.model.access.csv",
        # Jobs, rows, logs, queue (the life of an import).
        "security/import_rules.xml",
        "data/currencies.xml",
        "data/import_sequence.xml",
        "data/queue_channels.xml",
        "data/import_revival_cron.xml",
        # Targets: products, frames, lenses.
        # Ways in: API, mail, watched folder; ready profiles.
        "security/import_token_rules.xml",
        "data/import_folder_cron.xml",
        "data/ready_profiles.xml",
        # Screens.
        "views/import_menus.xml",
        "views/import_job_views.xml",
        "views/import_log_views.xml",
        "views/import_profile_views.xml",
        "wizards/import_override_views.xml",
        "wizards/import_undo_views.xml",
        "views/import_token_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "connector_b/static/src/**/*",
        ],
        "web.assets_tests": [
            "connector_b/static/tests/tours/**/*",
        ],
    },
    "application": True,
}
