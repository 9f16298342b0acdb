"""What the API tells of an import: the supplier's own data and counts, nothing of the shop's.

No old prices, no margins, and no names of other suppliers' goods: a barcode that is taken is told
as taken, not by what.
"""

from odoo import _

# Codes whose sentences name goods that may be another supplier's.
OF_OTHERS = {
    "key_ambiguous",
    "keys_disagree",
    "barcode_taken",
    "barcode_of_packaging",
    "refused_by_odoo",
    "several_variants",
}


def profile_answer(profile):
    return {"id": profile.id, "name": profile.name, "target": profile.target}


def job_answer(job):
    return {
        "id": job.id,
        "number": job.name,
        "profile": profile_answer(job.profile_id),
        "file_name": job.file_name,
        "file_size": job.file_size,
        "sha256": job.file_digest,
        "state": job.state,
        "check": job.check_state,
        "import_after_check": job.import_after_check,
        "needs_acceptance": job.attention_count,
        "progress": {
            "percent": round(job.progress, 1),
            "rows_done": job.rows_done,
            "rows_per_second": round(job.speed, 1),
            "seconds_left": job.seconds_left if job.is_working else None,
        },
        "counts": {
            "total": job.count_total,
            "created": job.count_created,
            "changed": job.count_changed,
            "unchanged": job.count_unchanged,
            "refused": job.count_refused,
            "skipped": job.count_skipped,
        },
        "failure": job.failure or None,
        "created_at": _moment(job.create_date),
        "started_at": _moment(job.started_at),
        "finished_at": _moment(job.finished_at),
    }


def log_answer(line):
    message, remedy = line.message, line.remedy
    if line.code in OF_OTHERS:
        message = _("The shop could not match this row to one product of its own.")
        remedy = _("Check the codes of the row; the shop sees the details.")
    return {
        "id": line.id,
        "row": line.number,
        "sheet": line.sheet or None,
        "key": line.key or None,
        "severity": line.severity,
        "code": line.code,
        "field": line.target or None,
        "column": line.column or None,
        "value": line.value or None,
        "message": message,
        "remedy": remedy or None,
    }


def _moment(value):
    return value and value.isoformat(timespec="seconds") + "Z" or None
