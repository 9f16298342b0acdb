"""Pictures of products: from an address or out of the zip, in a queue job of their own.

A chunk of prices never waits for somebody else's web server.
"""

import base64
import json
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from pathlib import PurePosixPath

from odoo import _, api, models
from odoo.exceptions import UserError
from odoo.tools.image import ImageProcess

from ..rules.problem import Code
from ..rules.source import SourceError
from .image_download import MAX_BYTES, ImageRefused, download
from .product_dictionary import folded

# Pictures of one queue job: few, for its transaction stays open as long as their hosts take.
BATCH = 5
# How often a host that does not answer is asked.
ATTEMPTS = 4
PAUSE = timedelta(minutes=5)
FORMATS = frozenset({"PNG", "JPEG", "GIF", "WEBP", "BMP"})


def is_address(image):
    return "://" in image


class ImportTargetProduct(models.AbstractModel):
    _inherit = "connector.import.target.product"

    @api.model
    def _image_wanted(self, ctx, product, image):
        policy = ctx.profile.image_policy if ctx.profile else "missing"
        if policy == "never":
            return False
        if product is None:
            return True
        has_image = product.id in self._with_image(ctx) or (
            not product.siblings and -product.template_id in self._with_image(ctx)
        )
        # A picture once fetched from this very address is not fetched again.
        return not has_image or (
            policy == "replace" and image != self._image_sources(ctx).get(product.id)
        )

    @api.model
    def _with_image(self, ctx):
        """Ids of variants, and of templates as negative numbers, that have a picture."""
        if "with_image" not in ctx.cache:
            ctx.env.cr.execute(
                """
                SELECT CASE res_model WHEN 'product.product' THEN res_id ELSE -res_id END
                  FROM ir_attachment
                 WHERE (res_model = 'product.product' AND res_field = 'image_variant_1920')
                    OR (res_model = 'product.template' AND res_field = 'image_1920')
                """
            )
            ctx.cache["with_image"] = {number for (number,) in ctx.env.cr.fetchall()}
        return ctx.cache["with_image"]

    @api.model
    def _image_sources(self, ctx):
        """Product id → where this profile's imports last had its picture from."""
        if "image_sources" not in ctx.cache:
            ctx.env.cr.execute(
                """
                SELECT r.res_id, r.after->'image'->>'source'
                  FROM connector_import_row r
                  JOIN connector_import_job job ON job.id = r.job_id
                 WHERE job.profile_id = %s AND r.state = 'done'
                   AND r.res_model = 'product.product' AND r.after ? 'image'
                 ORDER BY r.id
                """,
                [ctx.profile.id],
            )
            ctx.cache["image_sources"] = dict(ctx.env.cr.fetchall())
        return ctx.cache["image_sources"]

    @api.model
    def _queue_images(self, ctx, outcomes):
        wanted = [
            [each.number, each.res_id, each.plan.image]
            for each in self._written(outcomes)
            if each.plan.image
        ]
        if not ctx.job:
            return
        for start in range(0, len(wanted), BATCH):
            self._delay_images(ctx.job, wanted[start : start + BATCH])

    @api.model
    def _delay_images(self, job, wanted, attempt=1):
        eta = PAUSE * (attempt - 1) if attempt > 1 else None
        self.sudo().with_delay(
            channel="root.low",
            eta=eta,
            description=_("Pictures of %(job)s", job=job.display_name),
        )._fetch_images(job, wanted, attempt)

    @api.model
    def _fetch_images(self, job, wanted, attempt=1):
        """`wanted`: [row number, product id, address or name in the zip]; one that fails leaves
        the others alone. Nothing is written before all of them are here."""
        fetched, again = [], []
        wanted = self._still_wanted(job, wanted)
        with self._archive(job, wanted) as packed:
            for number, product_id, image in wanted:
                try:
                    data = self._checked_image(self._image_bytes(packed, image))
                except ImageRefused as refused:
                    if refused.again and attempt < ATTEMPTS:
                        again.append([number, product_id, image])
                    else:
                        self._warn_of_image(job, number, refused, image)
                else:
                    fetched.append((number, product_id, image, data))
        for number, product_id, image, data in fetched:
            product = self.env["product.product"].browse(product_id)
            self._store_image(job, number, product, image, data)
        if again:
            self._delay_images(job, again, attempt + 1)

    @api.model
    def _still_wanted(self, job, wanted):
        """Without those that were deleted or taken back meanwhile."""
        self.env.cr.execute(
            """
            SELECT r.position FROM connector_import_row r
              JOIN product_product p ON p.id = r.res_id
             WHERE r.job_id = %s AND r.state = 'done' AND r.position = ANY(%s)
            """,
            [job.id, [number for number, _product_id, _image in wanted]],
        )
        numbers = {number for (number,) in self.env.cr.fetchall()}
        return [each for each in wanted if each[0] in numbers]

    @contextmanager
    def _archive(self, job, wanted):
        """The pictures that came with the file, where one is wanted: name → what reads it.

        By their whole name and, if no two have it, by the last part of it: a column rarely says
        in which folder of the zip a picture lies.
        """
        if all(is_address(image) for _number, _product_id, image in wanted):
            yield {}
            return
        with job._open() as source:
            packed, last_parts = {}, Counter()
            for name, load in source.images.items():
                packed[folded(name)] = load
                last_parts[folded(PurePosixPath(name).name)] += 1
            for name, load in source.images.items():
                last = folded(PurePosixPath(name).name)
                if last_parts[last] == 1:
                    packed.setdefault(last, load)
            yield packed

    @api.model
    def _image_bytes(self, packed, image):
        if is_address(image):
            return download(image)
        load = packed.get(folded(image.replace("\\", "/")))
        if load is None:
            raise ImageRefused(Code.IMAGE_UNREACHABLE, image)
        try:
            return load()
        except SourceError as error:
            raise ImageRefused(Code.IMAGE_TOO_BIG, error.code) from error

    @api.model
    def _checked_image(self, data):
        """Whatever the address promised: these bytes are a picture Odoo can keep."""
        if len(data) > MAX_BYTES:
            raise ImageRefused(Code.IMAGE_TOO_BIG)
        try:
            image = ImageProcess(data, verify_resolution=True)
        except UserError as error:
            # Odoo also refuses pictures of too many pixels here.
            raise ImageRefused(Code.IMAGE_NOT_AN_IMAGE, str(error)) from error
        if not image.image or image.original_format not in FORMATS:
            raise ImageRefused(Code.IMAGE_NOT_AN_IMAGE)
        return data

    @api.model
    def _store_image(self, job, number, product, source, data):
        before = self._image_mark(product)
        product.image_1920 = base64.b64encode(data)
        product.flush_recordset()
        self._update_row(
            job,
            number,
            "after = COALESCE(after, '{}') || %s::jsonb",
            {
                "image": {"source": source, "mark": self._image_mark(product), "had": before},
                "written": self.env.cr.now().isoformat(),
            },
        )

    @api.model
    def _image_mark(self, product):
        """Tells one picture from another; None: there is none."""
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    "|",
                    "&",
                    "&",
                    ("res_model", "=", "product.product"),
                    ("res_field", "=", "image_variant_1920"),
                    ("res_id", "=", product.id),
                    "&",
                    "&",
                    ("res_model", "=", "product.template"),
                    ("res_field", "=", "image_1920"),
                    ("res_id", "=", product.product_tmpl_id.id),
                ],
                order="res_model",
                limit=1,
            )
        )
        return attachment.checksum or None

    @api.model
    def _warn_of_image(self, job, number, refused, image):
        problem = self._problem(refused.code, "image", image, reason=refused.reason)
        self._update_row(
            job,
            number,
            "problems = COALESCE(problems, '[]') || %s::jsonb",
            [problem.to_json()],
        )

    @api.model
    def _update_row(self, job, number, assignment, value):
        self.env.cr.execute(
            f"UPDATE connector_import_row SET {assignment} "  # pylint: disable=E8103
            "WHERE job_id = %s AND position = %s",
            [json.dumps(value), job.id, number],
        )
        self.env["connector.import.row"].invalidate_model()
