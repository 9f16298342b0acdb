from odoo.tests import tagged

from odoo.addons.web.controllers.dataset import DataSet

from .orders import OrderCase
from .tours import TourCase

ORDER = "priority DESC, promised_date ASC, id ASC"
SPECIFICATION = {
    "name": {},
    "state": {},
    "is_overdue": {},
    "lens_supply": {},
    "company_id": {"fields": {}},
    "shop_id": {"fields": {"display_name": {}}},
}


@tagged("post_install", "-at_install", "optics")
class TestOrderBoard(OrderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Board = cls.env["optics.manufacturing.order"].with_user(cls.assistant)

    def board(self, groupby="state", domain=(), limit=2, board=None):
        return (self.Board if board is None else board).web_read_board(
            list(domain), [*SPECIFICATION], groupby, SPECIFICATION, limit, order=ORDER
        )

    def cards(self, **asked):
        """{state: numbers of the cards shown}."""
        return {
            group["state"]: [card["name"] for card in group["__records"]]
            for group in self.board(**asked)["groups"]
            if "__records" in group
        }

    def test_each_column_has_what_it_would_answer_for_itself(self):
        for state in ("draft", "draft", "draft", "confirmed", "in_production", "on_hold"):
            self.job(state)
        self.order(priority="1", promised_date="2026-01-15")
        for groupby in ("state", "shop_id", "master_id", "lens_supply", "promised_date:week"):
            with self.subTest(groupby):
                self.env.invalidate_all()
                board = self.board(groupby)
                asked = self.Board.web_read_group([], [*SPECIFICATION], [groupby])
                count = f"{groupby.split(':')[0]}_count"
                self.assertEqual(board["length"], asked["length"])
                for column, group in zip(board["groups"], asked["groups"], strict=True):
                    cards = column.pop("__records", [])
                    self.assertEqual(column, group)
                    self.env.invalidate_all()
                    page = self.Board.web_search_read(
                        group["__domain"], SPECIFICATION, limit=2, order=ORDER
                    )
                    self.assertEqual((group[count], cards), (page["length"], page["records"]))

    def test_the_urgent_and_the_oldest_promise_come_first(self):
        late = self.order(promised_date="2026-01-15")
        self.order(promised_date="2026-03-01")
        urgent = self.order(priority="1", promised_date="2026-06-01")
        self.assertEqual(self.cards()["draft"], [urgent.name, late.name])

    def test_the_board_shows_jobs_of_the_own_shops_only(self):
        own = self.order()
        other = self.order(self.other_assistant, shop_id=self.other_shop.id)
        self.assertEqual(self.cards()["draft"], [own.name])
        theirs = self.Board.with_user(self.other_assistant)
        self.assertEqual(self.cards(board=theirs)["draft"], [other.name])

    def test_closed_jobs_stand_folded_beside_those_at_work(self):
        self.job("delivered")
        self.job("draft")
        columns = {group["state"]: group for group in self.board()["groups"]}
        self.assertTrue(columns["delivered"]["__fold"])
        self.assertEqual(columns["delivered"]["state_count"], 1)
        self.assertNotIn("__records", columns["delivered"])
        self.assertNotIn("__fold", columns["draft"])

    def test_closed_jobs_stand_open_where_nothing_else_is_asked_for(self):
        job = self.job("delivered")
        closed = [("state", "in", ("delivered", "cancelled"))]
        self.assertEqual(self.cards(domain=closed), {"delivered": [job.name]})

    def test_more_cards_cost_no_more_queries(self):
        for _each in range(3):
            self.job("draft")
            self.job("confirmed")
        queries = []
        for limit in (1, 1, 3):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            shown = self.cards(limit=limit)
            queries.append(self.env.cr.sql_log_count - before)
            self.assertEqual([len(column) for column in shown.values()], [limit, limit])
        self.assertEqual(queries[1], queries[2])


@tagged("post_install", "-at_install", "optics")
class TestOrderBoardScreen(OrderCase, TourCase):
    def setUp(self):
        super().setUp()
        self.asked = []
        call_kw = DataSet._call_kw

        def heard(controller, model, method, args, kwargs):
            if model == "optics.manufacturing.order":
                self.asked.append(method)
            return call_kw(controller, model, method, args, kwargs)

        self.patch(DataSet, "_call_kw", heard)

    def test_the_screen_asks_once_for_all_its_cards(self):
        for state in ("draft", "confirmed", "confirmed", "in_production"):
            self.job(state)
        self.env.flush_all()
        self.browser_js(
            "/web#action=optics_core.order_action_board",
            "console.log('test successful')",
            ready="document.querySelectorAll('.o_kanban_record .fs-5').length === 4",
            login=self.assistant.login,
        )
        # What tests/bench_odoo/client_calls.py measures as the opening of the board.
        self.assertEqual(
            sorted(set(self.asked) - {"get_views"}),
            ["get_transitions", "read_progress_bar", "web_read_board"],
        )
        self.assertEqual(self.asked.count("web_read_board"), 1)
