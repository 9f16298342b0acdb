"""`python -m tests.bench.empty_endpoint PORT`: FastAPI doing nothing with the body of a sale."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import Literal

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel


class Item(BaseModel):
    product_id: str
    qty: Decimal
    price: Decimal


class Payment(BaseModel):
    method: Literal["cash", "card"]
    amount: Decimal


class Receipt(BaseModel):
    pos_id: str
    type: Literal["sale", "refund", "correction"]
    items: list[Item]
    payments: list[Payment]


app = FastAPI()


@app.post("/v1/kkt/receipt")
async def receipt(body: Receipt) -> dict[str, str]:
    return {"status": "printed", "pos_id": body.pos_id}


if __name__ == "__main__":
    # As in kkt_adapter.__main__.
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_config=None,
        access_log=False,
        server_header=False,
    )
