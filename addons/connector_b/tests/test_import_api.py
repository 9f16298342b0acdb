import io
import json
import zipfile
from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import HttpCase, tagged

from .arrivals import (
    ONE,
    OTHER,
    UNREADABLE,
    in_english,
    make_operator,
    make_profile,
    perform_queue,
    price_list,
)

ROOT = "/price_lists/v1"


class ApiCase(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = in_english(cls.env)
        cls.operator = make_operator(cls.env, "api-operator")
        cls.profile = make_profile(cls.env, "Alfa", cls.operator)
        cls.token = cls.make_token(cls.profile)
        cls.key = cls.issue(cls.token)

    @classmethod
    def make_token(cls, *profiles, **values):
        return cls.env["connector.import.token"].create(
            {
                "name": "Program of a supplier",
                "profile_ids": [Command.set([profile.id for profile in profiles])],
                **values,
            }
        )

    @classmethod
    def issue(cls, token):
        return token.action_issue()["context"]["default_token"]

    def ask(self, method, path, key=None, **kwargs):
        headers = {"Authorization": f"Bearer {key or self.key}", **kwargs.pop("headers", {})}
        self.env.flush_all()
        answer = self.opener.request(
            method, self.base_url() + ROOT + path, headers=headers, timeout=30, **kwargs
        )
        self.env.invalidate_all()
        return answer

    def upload(self, content=ONE, name="price.csv", query="", **kwargs):
        return self.ask("POST", f"/imports?name={name}{query}", data=content, **kwargs)

    def job(self, answer):
        return self.env["connector.import.job"].browse(answer.json()["id"])

    def assertRefused(self, answer, status, code, field=None):
        body = answer.json()
        self.assertEqual((answer.status_code, body["code"], body["field"]), (status, code, field))
        self.assertTrue(body["message"])
        self.assertEqual(body["request_id"], answer.headers["X-Request-Id"])

    def perform_queue(self):
        """What the runner of background work would do by now."""
        perform_queue(self.env)


@tagged("post_install", "-at_install", "connector")
class TestImportApiKeys(ApiCase):
    def test_without_a_key_nothing_is_told(self):
        answer = self.opener.get(self.base_url() + ROOT + "/imports", timeout=30)
        self.assertRefused(answer, 401, "token_missing")
        self.assertEqual(answer.headers["WWW-Authenticate"], "Bearer")

    def test_a_key_that_nobody_issued_is_refused(self):
        self.assertRefused(self.ask("GET", "/imports", key="pl_guess"), 401, "token_unknown")

    def test_an_expired_key_is_refused(self):
        self.token.expires_on = fields.Date.today() - timedelta(days=1)
        self.assertRefused(self.ask("GET", "/imports"), 401, "token_expired")

    def test_a_revoked_key_is_refused_for_good(self):
        self.token.action_revoke()
        self.assertRefused(self.ask("GET", "/imports"), 401, "token_revoked")
        with self.assertRaisesRegex(Exception, "revoked"):
            self.token.action_issue()

    def test_another_key_makes_the_former_useless(self):
        new = self.issue(self.token)
        self.assertRefused(self.ask("GET", "/imports"), 401, "token_unknown")
        self.assertEqual(self.ask("GET", "/imports", key=new).status_code, 200)

    def test_the_key_itself_is_stored_nowhere(self):
        self.env.cr.execute(
            "SELECT row_to_json(t)::text FROM connector_import_token t WHERE id = %s",
            [self.token.id],
        )
        [(row,)] = self.env.cr.fetchall()
        self.assertNotIn(self.key, row)
        self.assertIn(self.key[:7], row, "its beginning, to tell keys apart")

    def test_the_hash_is_read_by_nobody(self):
        with self.assertRaisesRegex(Exception, "token_hash"):
            self.token.with_user(self.env.ref("base.user_admin")).read(["token_hash"])

    def test_an_operator_keeps_no_keys(self):
        with self.assertRaisesRegex(Exception, "connector.import.token"):
            self.token.with_user(self.operator).read(["name"])

    def test_the_last_use_is_noted_also_of_a_refused_call(self):
        self.assertFalse(self.token.last_used_at)
        self.assertEqual(self.ask("GET", "/imports/0").status_code, 404)
        self.assertTrue(self.token.last_used_at)

    def test_calls_of_a_minute_are_limited(self):
        self.token.calls_per_minute = 2
        self.assertEqual(self.ask("GET", "/imports").status_code, 200)
        self.assertEqual(self.ask("GET", "/imports").status_code, 200)
        answer = self.ask("GET", "/imports")
        self.assertRefused(answer, 429, "rate_limited")
        self.assertIn(int(answer.headers["Retry-After"]), range(1, 61))

    def test_files_of_a_day_are_limited(self):
        self.token.files_per_day = 1
        self.assertEqual(self.upload(ONE).status_code, 201)
        self.assertRefused(self.upload(OTHER), 429, "too_many_files")


@tagged("post_install", "-at_install", "connector")
class TestImportApiUpload(ApiCase):
    def test_a_body_becomes_a_checked_import_of_the_responsible_person(self):
        answer = self.upload()
        self.assertEqual(answer.status_code, 201, answer.text)
        body = answer.json()
        self.assertTrue(body["is_new"])
        self.assertEqual((body["state"], body["check"]), ("draft", "done"))
        self.assertEqual(body["counts"]["created"], 1)
        job = self.job(answer)
        self.assertEqual((job.user_id, job.origin), (self.operator, "api"))
        self.assertEqual((job.profile_id, job.token_id), (self.profile, self.token))

    def test_a_form_is_taken_as_well(self):
        answer = self.ask("POST", "/imports", files={"file": ("Прайс май.csv", ONE)})
        self.assertEqual(answer.status_code, 201, answer.text)
        self.assertEqual(self.job(answer).file_name, "Прайс май.csv")

    def test_a_form_without_the_file_is_refused(self):
        answer = self.ask("POST", "/imports", files={"other": ("price.csv", ONE)})
        self.assertRefused(answer, 400, "file_missing", "file")

    def test_the_same_file_twice_is_the_same_import(self):
        first = self.upload()
        again = self.upload(name="renamed.csv")
        self.assertEqual((again.status_code, again.json()["is_new"]), (200, False))
        self.assertEqual(again.json()["id"], first.json()["id"])

    def test_a_file_that_comes_back_after_another_is_a_new_import(self):
        first = self.upload(ONE)
        self.upload(OTHER)
        back = self.upload(ONE)
        self.assertEqual(back.status_code, 201)
        self.assertNotEqual(back.json()["id"], first.json()["id"])

    def test_a_file_may_wait_unchecked(self):
        self.assertEqual(self.upload(query="&start=none").json()["check"], "none")

    def test_an_unknown_step_is_refused(self):
        self.assertRefused(self.upload(query="&start=now"), 400, "invalid_request", "start")

    def test_a_file_without_a_name_or_bytes_is_refused(self):
        self.assertRefused(self.ask("POST", "/imports", data=ONE), 400, "name_missing", "name")
        self.assertRefused(self.upload(b""), 400, "file_empty", "file")
        self.assertRefused(self.upload(name="price.exe"), 400, "name_unfit", "name")

    def test_a_body_that_calls_itself_a_form_is_refused(self):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        self.assertRefused(self.upload(headers=headers), 415, "body_is_a_form", "file")

    def test_a_body_of_unknown_length_is_refused(self):
        answer = self.upload(iter([ONE]))
        self.assertRefused(answer, 411, "length_required")

    def test_a_name_cannot_lead_elsewhere(self):
        answer = self.upload(name="..%2F..%2Fetc%2Fprice.csv")
        self.assertEqual(self.job(answer).file_name, "price.csv")

    def test_a_file_over_the_limit_is_refused(self):
        self.env["ir.config_parameter"].set_param("connector_b.api_max_file_mb", "1")
        big = ONE + b" " * (1 << 20)
        self.assertRefused(self.upload(big), 413, "file_too_big")
        self.assertRefused(self.upload(ONE + b" " * (3 << 20)), 413, "file_too_big")
        jobs = self.env["connector.import.job"]
        self.assertFalse(jobs.search([("profile_id", "=", self.profile.id)]))

    def test_of_several_profiles_one_is_chosen(self):
        other = make_profile(self.env, "Beta", self.operator)
        self.token.profile_ids += other
        self.assertRefused(self.upload(), 400, "profile_missing", "profile")
        self.assertEqual(self.job(self.upload(query=f"&profile={other.id}")).profile_id, other)
        self.assertRefused(self.upload(query="&profile=x"), 400, "invalid_request", "profile")

    def test_a_profile_of_others_is_unknown(self):
        foreign = make_profile(self.env, "Gamma", self.operator)
        self.assertRefused(self.upload(query=f"&profile={foreign.id}"), 404, "not_found")

    def test_a_profile_without_a_responsible_person_takes_nothing(self):
        self.profile.responsible_id = False
        self.assertRefused(self.upload(), 503, "not_set_up")

    def test_a_file_that_cannot_be_read_says_why(self):
        body = self.upload(UNREADABLE, name="price.xlsx").json()
        self.assertEqual(body["check"], "failed")
        self.assertIn("price.xlsx", body["failure"])


@tagged("post_install", "-at_install", "connector")
class TestImportApiStart(ApiCase):
    def start(self, job, step="import"):
        return self.ask("POST", f"/imports/{job.id}/start?step={step}")

    def product(self, code):
        return (
            self.env["product.supplierinfo"].search([("product_code", "=", code)]).product_tmpl_id
        )

    def test_a_file_may_be_checked_and_imported_at_once(self):
        answer = self.upload(query="&start=import")
        self.perform_queue()
        state = self.ask("GET", f"/imports/{answer.json()['id']}").json()
        self.assertEqual((state["state"], state["progress"]["percent"]), ("done", 100.0))
        self.assertEqual(self.product("ПР-1").list_price, 2200)

    def test_a_checked_file_is_imported_when_asked(self):
        job = self.job(self.upload())
        self.assertFalse(self.product("ПР-1"))
        self.assertEqual(self.start(job).status_code, 202)
        self.perform_queue()
        self.assertEqual(job.state, "done")
        self.assertTrue(self.product("ПР-1"))

    def test_an_import_is_not_started_twice(self):
        job = self.job(self.upload(query="&start=import"))
        self.perform_queue()
        self.assertRefused(self.start(job), 409, "wrong_state")

    def test_while_another_import_of_the_profile_runs_the_file_is_checked_and_waits(self):
        running = self.job(self.upload(ONE))
        running.sudo().state = "running"
        job = self.job(self.upload(OTHER, query="&start=import"))
        self.assertEqual((job.state, job.check_state), ("draft", "done"))
        self.assertIn(running.name, " ".join(job.message_ids.mapped("body")))
        self.assertRefused(self.start(job), 409, "wrong_state")
        running.sudo().state = "done"
        self.assertEqual(self.start(job).status_code, 202)

    def test_a_shop_that_cannot_import_now_is_asked_again_later(self):
        job = self.job(self.upload())
        blocked = patch.object(
            type(job), "_import_blockers", lambda self: [("Касса 1", "3 чека не переданы")]
        )
        with blocked:
            answer = self.start(job)
        self.assertRefused(answer, 409, "blocked")
        self.assertNotIn("Касса", answer.text, "what goes on in the shop is its own business")
        self.assertIn("Retry-After", answer.headers)

    def test_a_file_that_waits_is_checked_when_asked(self):
        job = self.job(self.upload(query="&start=none"))
        self.assertEqual(self.start(job, "check").json()["check"], "done")
        self.assertEqual(job.state, "draft")

    def test_prices_that_need_a_person_wait_for_one(self):
        self.upload(query="&start=import")
        self.perform_queue()
        dearer = price_list(("ПР-1", "Оправа пробная 1", "1000,00", "2900,00"))
        answer = self.upload(dearer, query="&start=import")
        self.perform_queue()
        job = self.job(answer)
        self.assertEqual((job.state, answer.json()["needs_acceptance"]), ("draft", 1))
        self.assertRefused(self.start(job), 409, "needs_acceptance")
        self.assertEqual(self.product("ПР-1").list_price, 2200)
        # The person says yes, and the program may go on.
        job.with_user(self.operator).action_accept_all()
        self.assertEqual(self.start(job).status_code, 202)
        self.perform_queue()
        self.assertEqual(self.product("ПР-1").list_price, 2900)


@tagged("post_install", "-at_install", "connector")
class TestImportApiTells(ApiCase):
    def test_only_imports_of_the_key_exist_for_it(self):
        other = make_profile(self.env, "Beta", self.operator)
        key = self.issue(self.make_token(other))
        mine, theirs = self.upload().json()["id"], self.upload(key=key).json()["id"]
        self.assertEqual([each["id"] for each in self.list_of(self.key)], [mine])
        self.assertEqual([each["id"] for each in self.list_of(key)], [theirs])
        for path in ("", "/log", "/log.xlsx"):
            self.assertRefused(self.ask("GET", f"/imports/{theirs}{path}"), 404, "not_found")
        self.assertRefused(self.ask("POST", f"/imports/{theirs}/start"), 404, "not_found")

    def list_of(self, key):
        return self.ask("GET", "/imports", key=key).json()["imports"]

    def test_what_a_clerk_uploads_is_not_told(self):
        job = self.env["connector.import.job"].create(
            {"profile_id": self.profile.id, "file": "QUI=", "file_name": "price.csv"}
        )
        self.assertRefused(self.ask("GET", f"/imports/{job.id}"), 404, "not_found")

    def test_imports_are_paged_from_the_newest(self):
        first, second = self.upload(ONE).json()["id"], self.upload(OTHER).json()["id"]
        page = self.ask("GET", "/imports?limit=1").json()
        self.assertEqual(
            ([each["id"] for each in page["imports"]], page["before"]), ([second], second)
        )
        page = self.ask("GET", f"/imports?limit=1&before={page['before']}").json()
        self.assertEqual(
            ([each["id"] for each in page["imports"]], page["before"]), ([first], None)
        )

    def test_profiles_of_the_key_are_listed(self):
        self.assertEqual(
            self.ask("GET", "/profiles").json()["profiles"],
            [{"id": self.profile.id, "name": "Alfa", "target": "product"}],
        )

    def bad(self, *names):
        rows = [(f"ПР-{number}", name, "#REF!", "1") for number, name in enumerate(names)]
        return self.upload(price_list(*rows)).json()["id"]

    def test_the_log_says_where_what_and_what_to_do(self):
        log = self.ask("GET", f"/imports/{self.bad('Оправа')}/log").json()["log"]
        [line] = [each for each in log if each["severity"] == "refused"]
        self.assertEqual((line["row"], line["column"], line["value"]), (2, "Закупка", "#REF!"))
        self.assertTrue(line["message"] and line["remedy"] and line["code"])

    def test_the_log_is_paged(self):
        job = self.bad("А", "Б", "В")
        rows, after = [], ""
        while after is not None:
            page = self.ask("GET", f"/imports/{job}/log?limit=2&after={after}").json()
            self.assertLessEqual(len(page["log"]), 2)
            rows += [each["row"] for each in page["log"]]
            after = page["after"]
        self.assertEqual(sorted(set(rows)), [2, 3, 4])
        self.assertRefused(
            self.ask("GET", f"/imports/{job}/log?limit=many"), 400, "invalid_request", "limit"
        )

    def test_the_log_as_a_spreadsheet_has_no_formula_in_it(self):
        rows = [("=1+1", "=cmd|'/C calc'!A0", "=2+2", "1")]
        job = self.upload(price_list(*rows)).json()["id"]
        answer = self.ask("GET", f"/imports/{job}/log.xlsx")
        self.assertEqual(answer.status_code, 200)
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            page = book.read("xl/worksheets/sheet1.xml").decode()
        self.assertNotIn("<f>", page)
        self.assertIn("1+1", page)
        self.assertNotIn(">=1+1<", page)

    def test_goods_of_others_are_not_named(self):
        self.env["product.product"].create(
            {"name": "Тайная оправа соперника", "barcode": "4690000099997"}
        )
        self.env["connector.import.column"].create(
            {"profile_id": self.profile.id, "target": "barcode", "by": "name", "source": "EAN"}
        )
        content = price_list(
            ("ПР-1", "Оправа пробная 1", "1000", "2200", "4690000099997"),
            header=("Артикул", "Наименование", "Закупка", "Розница", "EAN"),
        )
        answer = self.upload(content)
        log = self.ask("GET", f"/imports/{answer.json()['id']}/log").json()["log"]
        self.assertIn("barcode_taken", {each["code"] for each in log})
        self.assertNotIn("соперника", json.dumps(log, ensure_ascii=False))
        # The shop itself is told by what.
        self.assertIn("соперника", " ".join(self.job(answer).log_ids.mapped("message")))

    def test_neither_old_prices_nor_margins_are_told(self):
        self.upload(query="&start=import")
        self.perform_queue()
        answer = self.upload(price_list(("ПР-1", "Оправа пробная 1", "1000,00", "2345,00")))
        job = self.job(answer)
        self.assertEqual(job.count_changed, 1)
        told = "".join(self.ask("GET", f"/imports/{job.id}{path}").text for path in ("", "/log"))
        self.assertNotIn("2200", told)
        self.assertNotIn("margin", told)

    def test_refusals_speak_the_language_that_is_asked_for(self):
        answer = self.ask("GET", "/imports/0", headers={"Accept-Language": "en-US"})
        self.assertIn("This key knows no such import", answer.json()["message"])
