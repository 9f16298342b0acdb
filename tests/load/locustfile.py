"""A cashier as locust sees one: sells, sometimes looks at the buffer, never waits to be asked.

`python -m tests.load.run` starts the tills and calls this file; against a till of your own:
LOAD_TILLS=http://127.0.0.1:8000 locust -f tests/load/locustfile.py --headless -u 1 -t 60s
"""

from __future__ import annotations

import itertools
import os
import random
import uuid
from typing import NoReturn

from locust import HttpUser, constant_throughput, task
from locust.exception import StopUser

_TILLS = itertools.cycle(os.environ.get("LOAD_TILLS", "http://127.0.0.1:8000").split(","))
# Receipts a second and till: a shop's hundred an hour, made quicker by the compression of time.
_RATE = float(os.environ.get("LOAD_RATE", "1"))
# How many each till sells before its cashier goes home; -1: until locust is stopped.
_RECEIPTS = int(os.environ.get("LOAD_RECEIPTS", "-1"))


class Cashier(HttpUser):
    host = "http://given-by-LOAD_TILLS"
    wait_time = constant_throughput(_RATE)
    working = 0

    def on_start(self) -> None:
        # One cashier a till.
        self.client.base_url = next(_TILLS)
        self.left = _RECEIPTS
        Cashier.working += 1

    @task
    def sell(self) -> None:
        if self.left == 0:
            self._go_home()
        self.left -= 1
        prices = [random.randrange(100, 30_000) for _ in range(random.randint(1, 3))]
        body = {
            "pos_id": "POS-001",
            "type": "sale",
            "items": [
                {"product_id": f"PROD-{number:03}", "qty": 1, "price": price}
                for number, price in enumerate(prices)
            ],
            "payments": [{"method": random.choice(("cash", "card")), "amount": sum(prices)}],
        }
        key = str(uuid.uuid4())
        with self.client.post(
            "/v1/kkt/receipt", json=body, headers={"Idempotency-Key": key}, catch_response=True
        ) as answer:
            if answer.ok and answer.json()["status"] != "printed":
                answer.failure("buffered: the register did not answer in time")
        if random.random() < 0.1:
            self.client.get("/v1/kkt/buffer/status")

    def _go_home(self) -> NoReturn:
        Cashier.working -= 1
        if Cashier.working == 0:
            self.environment.runner.quit()
        raise StopUser
