"""The saga of a refund: money goes back only for a receipt that the OFD has."""

from __future__ import annotations

from kkt_adapter.app.buffer import BufferDB
from kkt_adapter.app.stored_receipt import Status, StoredReceipt


def may_be_refunded(buffer: BufferDB, original: StoredReceipt) -> bool:
    """Delivered, or settled by a person who dealt with its entry in the DLQ: otherwise the
    customer of a receipt that the OFD never takes could not get the money back at all."""
    if original.status is Status.SYNCED:
        return True
    return original.status is Status.FAILED and buffer.dlq_is_settled(original.id)
