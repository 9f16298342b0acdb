"""Customers at the till: each pays, and then insists on an answer for as long as it takes."""

from __future__ import annotations

import contextlib
import random
import threading
import uuid
from collections.abc import Callable
from typing import Any

from tests.crash.caller import Answer, Caller
from tests.crash.diary import Diary, Promise

# How long a till waits before it repeats the same key: mostly patiently, sometimes not.
PATIENCE_S = (0.05, 0.5, 3.0, 30.0)
LONGEST_PAUSE_S = 0.08
RETRY_PAUSE_S = 0.03


class Customer(threading.Thread):
    """One after another at one till; `leave` lets the last one finish."""

    def __init__(self, port: int, diary: Diary, seed: str) -> None:
        super().__init__(name=f"customer {seed}", daemon=True)
        self._caller = Caller(port)
        self._diary = diary
        self._random = random.Random(seed)
        self._leaving = threading.Event()
        self._sold: list[tuple[dict[str, Any], Promise]] = []

    def leave(self) -> None:
        self._leaving.set()

    def run(self) -> None:
        with contextlib.closing(self._caller):
            self._trade()

    def _trade(self) -> None:
        while not self._leaving.wait(self._random.uniform(0, LONGEST_PAUSE_S)):
            body = self._choose()()
            key = str(uuid.UUID(int=self._random.getrandbits(128), version=4))
            promise = self._insist(body, key)
            if promise is None:
                continue
            if body["type"] == "sale":
                self._sold.append((body, promise))
            if self._random.random() < 0.1:
                self._ask_again(body, promise)

    def _choose(self) -> Callable[[], dict[str, Any]]:
        lot = self._random.random()
        if lot < 0.15 and self._sold:
            return self._refund
        return self._correction if lot < 0.2 else self._sale

    def _sale(self) -> dict[str, Any]:
        prices = [self._random.randrange(100, 2_000_000) for _ in range(self._random.randint(1, 3))]
        return _body("sale", prices, self._random.choice(("cash", "card", "sbp")))

    def _correction(self) -> dict[str, Any]:
        return _body("correction", [self._random.randrange(100, 100_000)], "cash")

    def _refund(self) -> dict[str, Any]:
        sold, promise = self._sold.pop(self._random.randrange(len(self._sold)))
        return {**sold, "type": "refund", "original": {"receipt_id": promise.receipt_id}}

    def _insist(self, body: dict[str, Any], key: str) -> Promise | None:
        """What the till promised, or None when it said that it would not."""
        while True:
            answer = self._caller.ask(
                "POST", "/v1/kkt/receipt", body, key, self._random.choice(PATIENCE_S)
            )
            if answer is None:
                self._diary.happened("no answer, asked again")
            elif answer.status == 200 or answer.code == "duplicate_request":
                self._diary.happened(f"{answer.status} {answer.body['status']}")
                promise = _promise(body, key, answer)
                self._diary.promised(promise)
                return promise
            elif (answer.status, answer.code) == (409, "original_not_delivered"):
                self._diary.happened("409 original_not_delivered")
                return None
            elif (answer.status, answer.code) == (503, "buffer_full"):
                self._diary.happened("503 buffer_full, asked again")
            else:
                self._diary.surprised(f"{body['type']} {key}: {answer.status} {answer.body}")
                return None
            if self._diary.closed.wait(RETRY_PAUSE_S):
                return None

    def _ask_again(self, body: dict[str, Any], promise: Promise) -> None:
        """The same sale once more, as a till does that lost its own memory."""
        again = self._insist(body, promise.key)
        if again is not None and again.receipt_id != promise.receipt_id:
            self._diary.surprised(
                f"{promise.key}: receipt {promise.receipt_id}, then {again.receipt_id}"
            )


def _body(kind: str, prices: list[int], method: str) -> dict[str, Any]:
    return {
        "pos_id": "POS-001",
        "type": kind,
        "items": [
            {"product_id": f"P-{number}", "qty": 1, "price": _roubles(price)}
            for number, price in enumerate(prices)
        ],
        "payments": [{"method": method, "amount": _roubles(sum(prices))}],
    }


def _roubles(kopecks: int) -> str:
    return f"{kopecks // 100}.{kopecks % 100:02}"


def _promise(body: dict[str, Any], key: str, answer: Answer) -> Promise:
    document = answer.body["fiscal_doc"]
    whole, _, part = body["payments"][0]["amount"].partition(".")
    return Promise(
        key,
        answer.body["receipt_id"],
        int(whole) * 100 + int(part),
        (document["fn"], document["fd"], document["fiscal_sign"]) if document else None,
    )
