import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged
from odoo.tools import config

from .arrivals import ONE, OTHER, UNREADABLE, in_english, make_operator, make_profile, perform_queue


@tagged("post_install", "-at_install", "connector")
class TestImportFolder(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = in_english(cls.env)
        # Files are taken in transactions of their own.
        cls.registry.enter_test_mode(cls.cr)
        cls.addClassCleanup(cls.registry.leave_test_mode)
        root = tempfile.TemporaryDirectory()
        cls.addClassCleanup(root.cleanup)
        cls.root = Path(root.name).resolve()
        allowed = {"connector_b": {"watched_folders": f" {cls.root} , /nowhere"}}
        cls.startClassPatcher(patch.dict(config.misc, allowed))
        cls.operator = make_operator(cls.env, "folder-operator")

    def setUp(self):
        super().setUp()
        self.folder = Path(tempfile.mkdtemp(dir=self.root))
        self.profile = make_profile(
            self.env, "Alfa", self.operator, watched_folder=str(self.folder)
        )

    def put(self, name="price.csv", content=ONE):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def look(self, times=1):
        for _turn in range(times):
            self.env.flush_all()
            self.env["connector.import.profile"]._cron_look_into_folders()
            self.env.invalidate_all()

    def jobs(self):
        return self.env["connector.import.job"].search([("profile_id", "=", self.profile.id)])

    def names(self, where="."):
        folder = self.folder / where
        return sorted(each.name for each in folder.iterdir() if each.is_file())

    def test_a_file_is_taken_at_the_second_look_and_moved(self):
        self.put()
        self.look()
        self.assertFalse(self.jobs())
        self.look()
        job = self.jobs()
        self.assertEqual((job.origin, job.check_state), ("folder", "done"))
        self.assertEqual((job.user_id, job.state), (self.operator, "draft"))
        self.assertEqual(job._attachment().raw, ONE)
        self.assertEqual(self.names(), [])
        self.assertEqual(self.names("done"), [f"{job.name.replace('/', '-')} price.csv"])

    def test_a_file_that_grows_is_left_until_it_rests(self):
        path = self.put(content=ONE[:20])
        self.look()
        path.write_bytes(ONE)
        self.look()
        self.assertFalse(self.jobs())
        self.look()
        self.assertEqual(self.jobs()._attachment().raw, ONE)

    def test_a_file_of_the_same_size_that_is_still_written_is_left(self):
        path = self.put()
        os.utime(path, ns=(1, 1))
        self.look()
        os.utime(path, ns=(2, 2))
        self.look()
        self.assertFalse(self.jobs())

    def test_no_file_is_taken_twice(self):
        self.put()
        self.look(5)
        self.assertEqual(len(self.jobs()), 1)

    def test_a_file_that_could_not_be_moved_is_not_imported_twice(self):
        """As after a crash between the job and the move."""
        self.put()
        with patch.object(type(self.profile), "_move", side_effect=OSError("disk is read-only")):
            self.look(2)
        self.assertEqual(len(self.jobs()), 1)
        self.assertIn("read-only", self.profile.folder_problem)
        self.look(2)
        self.assertEqual(len(self.jobs()), 1)
        self.assertEqual((self.names(), len(self.names("done"))), ([], 1))
        self.assertFalse(self.profile.folder_problem)

    def test_a_second_file_of_a_name_does_not_replace_the_first(self):
        for content in (ONE, OTHER):
            self.put(content=content)
            self.look(2)
        self.assertEqual(len(self.jobs()), 2)
        self.assertEqual(len(self.names("done")), 2)

    def test_what_is_hidden_or_unfinished_is_left(self):
        for name in (".price.csv", "~$price.xlsx", "price.csv.part", "price.tmp"):
            self.put(name)
        self.look(3)
        self.assertFalse(self.jobs())
        self.assertEqual(len(self.names()), 4)

    def test_what_is_no_price_list_goes_to_failed_with_the_reason(self):
        self.put("price.exe")
        self.look(2)
        self.assertFalse(self.jobs())
        self.assertEqual(self.names("failed"), ["price.exe"])
        self.assertIn("price.exe", self.profile.message_ids[0].body)

    def test_a_file_that_cannot_be_read_ends_in_failed_under_its_job(self):
        self.put("price.xlsx", UNREADABLE)
        self.look(3)
        job = self.jobs()
        self.assertEqual(job.check_state, "failed")
        self.assertEqual(self.names("failed"), [f"{job.name.replace('/', '-')} price.xlsx"])
        self.assertEqual(self.names("done"), [])

    def test_a_file_may_be_imported_without_asking(self):
        self.profile.import_on_arrival = True
        self.put()
        self.look(2)
        perform_queue(self.env)
        self.assertEqual(self.jobs().state, "done")

    def test_prices_to_accept_wait_for_a_person_even_so(self):
        self.profile.import_on_arrival = True
        self.put()
        self.look(2)
        perform_queue(self.env)
        self.put("next.csv", ONE.replace(b"2200,00", b"3200,00"))
        self.look(2)
        perform_queue(self.env)
        job = self.jobs()[0]
        self.assertEqual((job.state, job.attention_count), ("draft", 1))
        self.assertIn("have to be accepted", " ".join(job.message_ids.mapped("body")))

    def test_a_folder_that_nobody_allowed_is_refused(self):
        for folder in ("/etc", f"{self.root}/../..", "price-lists", f"{self.root}-other"):
            with self.assertRaisesRegex(ValidationError, "may not be watched"):
                self.profile.watched_folder = folder
                self.profile.flush_recordset()

    def test_a_link_out_of_the_allowed_folder_is_refused(self):
        link = self.root / f"link-{self.folder.name}"
        link.symlink_to("/etc")
        with self.assertRaisesRegex(ValidationError, "may not be watched"):
            self.profile.watched_folder = str(link)

    def test_a_link_put_there_later_is_not_followed(self):
        inside = self.folder / "inside"
        inside.mkdir()
        self.profile.watched_folder = str(inside)
        inside.rmdir()
        inside.symlink_to("/etc")
        self.look(2)
        self.assertFalse(self.jobs())
        self.assertIn("may not be watched", self.profile.folder_problem)

    def test_a_link_to_a_file_is_left(self):
        secret = self.root / f"secret-{self.folder.name}.csv"
        secret.write_bytes(ONE)
        (self.folder / "price.csv").symlink_to(secret)
        self.look(3)
        self.assertFalse(self.jobs())

    def test_where_the_server_allows_nothing_no_folder_is_watched(self):
        with patch.dict(config.misc, {"connector_b": {}}):
            self.put()
            self.look(2)
            self.assertFalse(self.jobs())
            self.assertIn("allows no directory", self.profile.folder_problem)

    def test_a_folder_that_is_gone_is_told_and_stops_nobody_else(self):
        other = make_profile(
            self.env, "Beta", self.operator, watched_folder=tempfile.mkdtemp(dir=self.root)
        )
        Path(other.watched_folder, "price.csv").write_bytes(OTHER)
        self.folder.rmdir()
        self.look(2)
        self.assertIn(str(self.folder), self.profile.folder_problem)
        self.assertTrue(self.env["connector.import.job"].search([("profile_id", "=", other.id)]))
