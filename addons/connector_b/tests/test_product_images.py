import base64
import io
import socket
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest.mock import patch

from PIL import Image

from odoo.tests import BaseCase, tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import image_download, product_images
from ..models.image_download import ImageRefused, download, is_public
from ..rules.problem import Code
from .product_import_case import ProductImportCase


def picture(colour="red", kind="PNG", size=(8, 8)):
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, kind)
    return data.getvalue()


class _Site(BaseHTTPRequestHandler):
    """A supplier's web server, in this process."""

    def do_GET(self):
        status, headers, body = self.server.pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments):
        pass


@tagged("post_install", "-at_install", "connector")
class TestImageDownload(BaseCase):
    """An address that somebody else chose."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = HTTPServer(("127.0.0.1", 0), _Site)
        cls.server.pages = {}
        thread = threading.Thread(target=cls.server.serve_forever, daemon=True)
        thread.start()
        cls.addClassCleanup(thread.join)
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.asked = []

    def resolve(self, host, port, **_known):
        """Every name is an address of the internet, unless it says otherwise."""
        address = {"inside.example": "10.0.0.7"}.get(host, "93.184.216.34")
        if host[0].isdigit() or ":" in host:
            address = host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(self, address, timeout):
        """The internet is our own little site."""
        self.asked.append(address)
        return socket.create_connection(self.server.server_address, timeout)

    def fetch(self, url):
        return download(url, resolve=self.resolve, connect=self.connect)

    def refusal(self, url):
        with self.assertRaises(ImageRefused) as caught:
            self.fetch(url)
        return caught.exception

    def test_an_image_is_fetched_from_the_address_that_was_checked(self):
        self.server.pages["/a.png?size=2"] = (200, {}, b"bytes")
        self.assertEqual(self.fetch("http://shop.example/a.png?size=2"), b"bytes")
        self.assertEqual(self.asked[-1], ("93.184.216.34", 80))

    def test_a_name_in_cyrillic_with_blanks_is_asked_as_a_browser_would(self):
        self.server.pages["/%D0%BE%D0%BF%D1%80%D0%B0%D0%B2%D0%B0%201.png"] = (200, {}, b"bytes")
        for path in ("оправа 1.png", "%D0%BE%D0%BF%D1%80%D0%B0%D0%B2%D0%B0%201.png"):
            self.assertEqual(self.fetch(f"http://shop.example/{path}"), b"bytes")

    def test_addresses_of_our_own_network_are_refused_unasked(self):
        self.asked.clear()
        for url in (
            "http://inside.example/a.png",
            "http://127.0.0.1/a.png",
            "http://[::1]/a.png",
            "http://169.254.169.254/latest/meta-data",
            "http://[::ffff:10.0.0.1]/a.png",
            "http://0.0.0.0/a.png",
            "file:///etc/passwd",
            "ftp://shop.example/a.png",
            "gopher://shop.example/",
            "http://user@shop.example/a.png",
            "http://shop.example:99999/a.png",
            "http:///a.png",
            "http://[::1",
        ):
            with self.subTest(url):
                refused = self.refusal(url)
                self.assertEqual(refused.code, Code.IMAGE_ADDRESS_FORBIDDEN)
                self.assertFalse(refused.again)
        self.assertEqual(self.asked, [])

    def test_an_address_is_public_or_it_is_not(self):
        for address in ("8.8.8.8", "2606:4700::1111"):
            self.assertTrue(is_public(address), address)
        for address in (
            "192.168.1.1",
            "172.16.0.1",
            "100.64.0.1",
            "224.0.0.1",
            "fe80::1%eth0",
            "fc00::1",
            "2002:7f00:1::",
            "::ffff:127.0.0.1",
        ):
            self.assertFalse(is_public(address), address)

    def test_a_redirection_into_our_network_is_refused(self):
        self.server.pages["/away"] = (302, {"Location": "http://inside.example/a.png"}, b"")
        refused = self.refusal("http://shop.example/away")
        self.assertEqual(refused.code, Code.IMAGE_ADDRESS_FORBIDDEN)

    def test_a_redirection_is_followed_but_not_for_ever(self):
        self.server.pages["/moved"] = (301, {"Location": "/here.png"}, b"")
        self.server.pages["/here.png"] = (200, {}, b"here")
        self.assertEqual(self.fetch("http://shop.example/moved"), b"here")
        self.server.pages["/round"] = (302, {"Location": "/round"}, b"")
        self.assertEqual(self.refusal("http://shop.example/round").code, Code.IMAGE_UNREACHABLE)

    def test_more_bytes_than_allowed_are_refused(self):
        self.server.pages["/big.png"] = (200, {}, b"x" * 5000)
        with patch.object(image_download, "MAX_BYTES", 4999):
            self.assertEqual(self.refusal("http://shop.example/big.png").code, Code.IMAGE_TOO_BIG)

    def test_a_host_that_may_answer_later_is_asked_again(self):
        self.server.pages["/busy"] = (503, {}, b"")
        self.assertTrue(self.refusal("http://shop.example/busy").again)
        self.assertFalse(self.refusal("http://shop.example/none").again)

    def test_a_host_that_runs_out_of_time_is_given_up(self):
        self.server.pages["/slow.png"] = (200, {}, b"x")
        with patch.object(image_download, "MAX_SECONDS", 0):
            refused = self.refusal("http://shop.example/slow.png")
        self.assertEqual((refused.code, refused.again), (Code.IMAGE_UNREACHABLE, True))


@tagged("post_install", "-at_install", "connector")
class TestProductImages(ProductImportCase):
    """Pictures arrive after the chunk, and never hold it."""

    def setUp(self):
        super().setUp()
        self.site = {"https://shop.example/a.png": picture()}
        self.asked = []
        self.patch(product_images, "download", self.download)
        self.import_job = self.job(image_policy="replace")
        self.row = {"name": "A", "default_code": "A", "image": "https://shop.example/a.png"}

    def download(self, url):
        self.asked.append(url)
        found = self.site.get(url, ImageRefused(Code.IMAGE_UNREACHABLE, "HTTP 503", again=True))
        if isinstance(found, Exception):
            raise found
        return found

    def into_shop(self, *rows, **known):
        """The import and what its rows say afterwards, the queue's pictures fetched."""
        with trap_jobs() as trap:
            outcomes = self.run_import(
                *rows, job=self.import_job, profile=self.import_job.profile_id, **known
            )
            self.assertEqual(self.asked, [])
            self.kept = self.rows_of(outcomes, self.import_job)
            self.kept.flush_recordset()
            self.fetched = 0
            while self.fetched < len(trap.enqueued_jobs):
                job = trap.enqueued_jobs[self.fetched]
                self.fetched += 1
                job.perform()
        self.env.invalidate_all()
        return self.product(outcomes[0])

    def test_a_picture_is_fetched_after_the_chunk(self):
        product = self.into_shop(self.row)
        self.assertTrue(product.image_1920)
        self.assertEqual(self.kept.after["image"]["source"], self.row["image"])

    def test_a_host_that_fails_is_asked_a_few_times_and_the_row_says_so(self):
        product = self.into_shop({**self.row, "image": "https://shop.example/gone.png"})
        self.assertEqual(self.fetched, product_images.ATTEMPTS)
        self.assertFalse(product.image_1920)
        self.assertEqual(self.kept.problems[-1]["code"], Code.IMAGE_UNREACHABLE)
        self.assertEqual(self.kept.problems[-1]["value"], "https://shop.example/gone.png")

    def test_one_bad_picture_leaves_the_others_alone(self):
        self.site["https://shop.example/page.png"] = b"<html>not found</html>"
        self.into_shop(
            {**self.row, "default_code": "B", "image": "https://shop.example/page.png"}, self.row
        )
        bad, good = self.kept
        self.assertEqual(bad.problems[-1]["code"], Code.IMAGE_NOT_AN_IMAGE)
        self.assertTrue(self.env["product.product"].browse(good.res_id).image_1920)

    def test_what_is_no_picture_that_odoo_keeps_is_refused(self):
        for data in (
            b"",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            picture()[:40],
            picture(kind="TIFF"),
        ):
            with self.subTest(data[:10]), self.assertRaises(ImageRefused) as caught:
                self.target._checked_image(data)
            self.assertEqual(caught.exception.code, Code.IMAGE_NOT_AN_IMAGE)

    def test_pictures_come_out_of_the_zip_the_list_came_in(self):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as packed:
            packed.writestr("list.csv", "name;code\nA;A\n")
            packed.writestr("Photos/Front.PNG", picture())
            packed.writestr("Photos/page.png", b"<html>")
        self.import_job.write(
            {"file": base64.b64encode(archive.getvalue()), "file_name": "list.zip"}
        )
        self.into_shop(
            {**self.row, "image": "front.png"},
            {**self.row, "default_code": "B", "image": "Photos\\Front.png"},
            {**self.row, "default_code": "C", "image": "page.png"},
            {**self.row, "default_code": "D", "image": "none.png"},
        )
        products = self.env["product.product"].browse(self.kept.mapped("res_id"))
        self.assertEqual([bool(each.image_1920) for each in products], [True, True, False, False])
        self.assertEqual(
            [row.problems[-1]["code"] for row in self.kept[2:]],
            [Code.IMAGE_NOT_AN_IMAGE, Code.IMAGE_UNREACHABLE],
        )
        self.assertEqual(self.asked, [])

    def test_a_picture_of_a_row_that_was_taken_back_is_not_fetched(self):
        outcomes = self.run_import(self.row, job=None)
        self.rows_of(outcomes, self.import_job).state = "undone"
        self.env.flush_all()
        self.target._fetch_images(
            self.import_job, [[outcomes[0].number, outcomes[0].res_id, self.row["image"]]]
        )
        self.assertEqual(self.asked, [])

    def test_a_picture_is_not_fetched_again_from_the_same_address(self):
        self.into_shop(self.row)
        (outcome,) = self.compare(self.row, profile=self.import_job.profile_id)
        self.assertFalse(outcome.changes)

    def test_a_product_with_a_picture_keeps_it_where_the_profile_says_so(self):
        product = self.import_one(name="A", default_code="A")
        for policy in ("missing", "never"):
            self.import_job.profile_id.image_policy = policy
            self.into_shop(self.row)
            self.assertEqual(bool(self.asked), policy == "missing")
            self.asked.clear()
        self.assertTrue(product.image_1920)

    def test_a_picture_goes_away_with_the_import(self):
        product = self.import_one(name="A", default_code="A")
        self.into_shop(self.row)
        ctx = self.context()
        self.target._undo(ctx, self.kept.with_env(ctx.env))
        self.assertFalse(product.image_1920)

    def test_a_new_product_with_its_picture_is_deleted(self):
        product = self.into_shop(self.row)
        ctx = self.context()
        ((_row, what, reason),) = self.target._undo(ctx, self.kept.with_env(ctx.env))
        self.assertEqual((what, reason), ("undone", ""))
        self.assertFalse(product.exists())
