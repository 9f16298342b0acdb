"""The words in which browser tests speak about the till page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

TABS = {
    "Продажа": "sale",
    "Чеки": "receipts",
    "Внимание": "attention",
    "Смена": "shift",
    "Обрывы": "faults",
}
# A screen element changes after a poll (2 s) or a print; a busy machine gets some more.
PATIENCE_MS = 20_000


class TillPage:
    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self) -> TillPage:
        self.page.goto(self.url)
        expect(self.page.locator(".light")).to_have_count(6, timeout=PATIENCE_MS)
        expect(self.page.locator(".product").first).to_be_visible(timeout=PATIENCE_MS)
        return self

    def put(self, position: int = 0) -> None:
        """Put a product of the catalogue on the counter."""
        self.page.locator(".product").nth(position).click()

    @property
    def sell_button(self) -> Locator:
        return self.page.get_by_role("button", name="Пробить чек")

    def sell(self, position: int = 0) -> None:
        self.put(position)
        self.sell_button.click()

    def sell_and_go_on(self) -> None:
        self.sell()
        self.expect_verdict("Чек напечатан")
        self.next_sale()

    def next_sale(self) -> None:
        self.page.get_by_role("button", name="Новый чек").click()

    def expect_verdict(self, title: str) -> Locator:
        verdict = self.page.locator(".verdict")
        expect(verdict).to_contain_text(title, timeout=PATIENCE_MS)
        return verdict

    def light(self, name: str) -> Locator:
        return self.page.locator(f'[data-light="{name}"]')

    def expect_light(self, name: str, text: str, tone: str) -> None:
        expect(self.light(name)).to_contain_text(text, timeout=PATIENCE_MS)
        expect(self.light(name)).to_have_attribute("data-tone", tone, timeout=PATIENCE_MS)

    def tab(self, title: str) -> Locator:
        """Go to a tab; the sale has none where it is always in sight."""
        button = self.page.locator(f'[data-tab-button="{TABS[title]}"]')
        if button.is_visible():
            button.click()
        return self.page.locator(f"#panel-{TABS[title]}")

    def newest_receipt(self) -> Locator:
        return self.tab("Чеки").locator(".row").first

    def open_newest_receipt(self) -> Locator:
        self.newest_receipt().click()
        receipt = self.page.locator(".receipt")
        expect(receipt.locator(".paper")).to_be_visible(timeout=PATIENCE_MS)
        return receipt

    def synchronise(self) -> None:
        self.tab("Чеки").get_by_role("button", name="Синхронизировать сейчас").click()

    def decide(self, button: str, confirm: str, **fields: str) -> None:
        """Press a button of a case under «Внимание» and fill in its dialog."""
        self.tab("Внимание").get_by_role("button", name=button, exact=True).click()
        dialog = self.page.get_by_role("dialog")
        for name, value in {"by": "Петрова", "reason": "Проверено", **fields}.items():
            dialog.locator(f'[name="{name}"]').fill(value)
        dialog.get_by_role("button", name=confirm).click()
        expect(dialog).to_have_count(0)

    def expect_said(self, text: str) -> None:
        expect(self.page.locator("#toast")).to_contain_text(text, timeout=PATIENCE_MS)

    def small_targets(self) -> list[str]:
        """Visible controls that a finger would miss."""
        found: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll("button, input, select, summary, a")]
                .filter((element) => element.checkVisibility())
                .map((element) => [element, element.getBoundingClientRect()])
                .filter(([, { width, height }]) => width < 44 || height < 44)
                .map(([element, { width, height }]) =>
                    `${element.textContent || element.name} ${width}×${height}`)"""
        )
        return found

    def sideways_scroll(self) -> list[str]:
        """Parts of the page that are wider than their place."""
        found: list[str] = self.page.evaluate(
            """() => [document.documentElement, ...document.querySelectorAll(".panel, .panel *")]
                .filter((element) => element.checkVisibility())
                .filter((element) => element.scrollWidth > element.clientWidth + 1)
                .filter((element) => getComputedStyle(element).overflowX !== "visible"
                    || element === document.documentElement)
                .map((element) => element.className || element.tagName)"""
        )
        return found
