import io
import subprocess
import tempfile
from pathlib import Path
from shutil import which

from PyPDF2 import PdfFileReader

from odoo.tests import tagged
from odoo.tools import mute_logger

from .orders import OrderCase


@tagged("post_install", "-at_install", "optics")
class TestOrderReports(OrderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # These pages have no script to wait for.
        cls.env["ir.config_parameter"].set_param("report.print_delay", "10")

    def html(self, report, records):
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            f"optics_core.{report}", records.ids
        )
        return content.decode()

    @mute_logger("odoo.addons.base.models.ir_actions_report")
    def pdf(self, report, records):
        content, kind = (
            self.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(f"optics_core.{report}", records.ids)
        )
        if kind != "pdf":
            self.skipTest("wkhtmltopdf is not installed")
        return content

    def codes(self, pdf, resolution):
        """What a scanner reads off the printed pages."""
        if not (which("zbarimg") and which("pdftoppm")):
            self.skipTest("zbar-tools and poppler-utils are not installed")
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "pages.pdf")
            source.write_bytes(pdf)
            subprocess.run(
                ["pdftoppm", "-r", str(resolution), "-png", source, Path(folder, "page")],
                check=True,
            )
            answer = subprocess.run(
                ["zbarimg", "--quiet", *sorted(Path(folder).glob("*.png"))],
                check=False,
                capture_output=True,
                text=True,
            )
        return answer.stdout.split()

    def test_the_label_is_read_by_a_scanner_at_the_resolution_of_a_label_printer(self):
        jobs = self.job("confirmed") | self.job("confirmed", priority="1", tray_number="7")
        self.assertEqual(
            self.codes(self.pdf("report_order_label", jobs), 203),
            [f"CODE-128:{job.name}" for job in jobs],
        )

    def test_a_label_is_58_by_40_and_each_has_a_page(self):
        jobs = self.job("confirmed") | self.job("confirmed") | self.job("confirmed")
        pages = PdfFileReader(io.BytesIO(self.pdf("report_order_label", jobs))).pages
        self.assertEqual(len(pages), 3)
        for page in pages:
            size = [round(float(points) / 72 * 25.4) for points in page.mediabox[2:]]
            self.assertEqual(size, [58, 40])

    def test_a_label_on_the_tray_tells_nothing_medical(self):
        job = self.job("confirmed")
        html = self.html("report_order_label", job)
        self.assertIn("Иванова М. П.", html)
        for secret in ("-2.00", "-1.75", "31.5", "Мария", "912", "Clear 1.5"):
            self.assertNotIn(secret, html)

    def test_a_long_name_is_pressed_to_the_label(self):
        self.patient.name = "Константинопольская-Римская Александра Владимировна"
        self.assertIn("textLength", self.html("report_order_label", self.job("confirmed")))

    def test_the_ticket_has_what_the_bench_needs(self):
        row = self.progressive.range_ids
        job = self.job(
            "confirmed",
            od_lens_id=self.progressive.id,
            od_range_id=row.id,
            od_add=2.0,
            od_height=19.5,
            od_prism_h=1.5,
            od_base_h="in",
            roc=62.5,
            vertex=12.0,
            tilt=8,
            rim="groove",
            tray_number="17",
            workshop_note="Careful with the nylon",
            priority="1",
        )
        html = self.html("report_job_ticket", job)
        for fact in (
            job.name,
            "Иванова М. П.",
            "Shop A",
            "Lab",
            "-2.00",
            "-1.00",
            "020",
            "+2.00",
            "1.50 in",
            "31.5",
            "19.5",
            "-1.75",
            "Way 1.6",
            "Clear 1.5",
            "Ø",
            "70",
            "52",
            "36",
            "18",
            "55",
            "Nylon Thread",
            "62.5",
            "8°",
            "Careful with the nylon",
            "17",
            "URGENT",
            # (52 + 18) / 2 - 31.5, and ED 55 + 2 × 3.5 + 2.
            "3.5 inwards",
            "64",
        ):
            self.assertIn(fact, html, fact)
        for contact in ("Мария", "912 345"):
            self.assertNotIn(contact, html)

    def test_the_master_prints_the_ticket_without_other_rights(self):
        job = self.job("confirmed")
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.master)
            ._render_qweb_html("optics_core.report_job_ticket", job.ids)
        )
        self.assertIn("020", content.decode())

    def test_the_ticket_of_one_lens_says_so(self):
        job = self.job("confirmed", eyes="od", os_lens_id=False, os_range_id=False, os_sph=None)
        html = self.html("report_job_ticket", job)
        self.assertIn("RIGHT LENS ONLY", html)
        self.assertNotIn(">OS<", html)

    def test_tickets_are_one_sheet_each_and_scannable(self):
        jobs = self.job("confirmed") | self.job("confirmed")
        pdf = self.pdf("report_job_ticket", jobs)
        self.assertEqual(len(PdfFileReader(io.BytesIO(pdf)).pages), 2)
        self.assertEqual(self.codes(pdf, 150), [f"CODE-128:{job.name}" for job in jobs])

    def test_the_manifest_lists_the_jobs(self):
        job = self.job("confirmed", tray_number="17")
        Order = self.env["optics.manufacturing.order"].with_user(self.assistant)
        Order.scan(job.name, "pack")
        transit = job.open_transit_id
        html = self.html("report_transit_manifest", transit)
        for fact in (transit.name, job.name, "Иванова М. П.", "17", "Shop A", "Lab"):
            self.assertIn(fact, html)
        codes = self.codes(self.pdf("report_transit_manifest", transit), 150)
        self.assertEqual(codes, [f"CODE-128:{job.name}"])
