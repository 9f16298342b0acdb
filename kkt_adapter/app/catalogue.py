"""The till's copy of the catalogue: pulled from Odoo, kept in data/cache.json, replaced atomically.

With the network away the last good copy serves, and its age is shown.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from kkt_adapter.app.money import kopecks
from kkt_adapter.app.receipt import CatalogueItem
from kkt_adapter.app.vat import parse_vat

log = logging.getLogger(__name__)

PATH = "/api/v1/kkt/catalogue"


class Catalogue:
    """Products by id. A damaged file is an empty catalogue, never a till that does not start."""

    def __init__(self, path: Path, now: Callable[[], float]) -> None:
        self._path = path
        self._now = now
        self._products: dict[str, CatalogueItem] = {}
        self.version = ""
        self.updated_at: float | None = None
        self._load()

    def get(self, product_id: str) -> CatalogueItem | None:
        return self._products.get(product_id)

    def __len__(self) -> int:
        return len(self._products)

    def age_s(self) -> int | None:
        return None if self.updated_at is None else max(0, int(self._now() - self.updated_at))

    def search(self, words: str, limit: int) -> list[CatalogueItem]:
        wanted = words.casefold().split()
        found = []
        for product in self._products.values():
            text = f"{product.product_id} {product.name}".casefold()
            if all(word in text for word in wanted):
                found.append(product)
                if len(found) == limit:
                    break
        return found

    def replace(self, answer: dict[str, Any]) -> None:
        """Take a full catalogue or a set of changes from Odoo; refuse it whole if it is broken."""
        products = {} if answer.get("full", True) else dict(self._products)
        for raw in answer["products"]:
            product = _item(raw)
            products[product.product_id] = product
        for product_id in answer.get("removed", []):
            products.pop(str(product_id), None)
        self._products = products
        self.version = str(answer.get("version", ""))
        self.updated_at = self._now()
        self._save()

    def confirmed_unchanged(self) -> None:
        self.updated_at = self._now()

    def _load(self) -> None:
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
            self._products = {item.product_id: item for item in map(_item, stored["products"])}
            self.version = str(stored.get("version", ""))
            self.updated_at = float(stored["updated_at"])
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            log.error(
                "catalogue cache is unreadable, starting without it", extra={"why": repr(error)}
            )

    def _save(self) -> None:
        content = {
            "version": self.version,
            "updated_at": self.updated_at,
            "products": [product.as_json() for product in self._products.values()],
        }
        temporary = self._path.with_suffix(".tmp")
        with temporary.open("w", encoding="utf-8") as file:
            # One string by the C encoder: ten thousand products must not hold up a sale.
            file.write(json.dumps(content, ensure_ascii=False))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path)


def _item(raw: dict[str, Any]) -> CatalogueItem:
    return CatalogueItem(
        product_id=str(raw["product_id"]),
        name=str(raw["name"]),
        price=kopecks(str(raw["price"])),
        vat=parse_vat(raw["vat"]),
    )


class CataloguePull:
    """Asks Odoo for what has changed since the version we have."""

    def __init__(self, http: httpx.AsyncClient, catalogue: Catalogue, pos_id: str) -> None:
        self._http = http
        self._catalogue = catalogue
        self._pos_id = pos_id

    async def pull(self) -> bool:
        try:
            response = await self._http.get(
                PATH, params={"pos_id": self._pos_id, "since": self._catalogue.version}
            )
            if response.status_code == 304:
                self._catalogue.confirmed_unchanged()
                return True
            response.raise_for_status()
            self._catalogue.replace(response.json())
        except (
            httpx.HTTPError,
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
        ) as error:
            log.warning("catalogue was not pulled", extra={"why": repr(error)})
            return False
        log.info("catalogue pulled", extra={"products": len(self._catalogue)})
        return True
