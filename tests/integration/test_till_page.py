"""Stories of the till page, told in real Chromium against the real adapter and simulators."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect, sync_playwright

from tests.integration.till_page import PATIENCE_MS, TillPage
from tests.processes import ROOT
from tests.till_process import TillProcess, running_till

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK = {"width": 1024, "height": 768}
SMALL = {"width": 800, "height": 480}
RECEIPTS = {"sale", "refund", "correction"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[TillProcess]:
    """A till with the demo catalogue, whose breaker opens and tries again within seconds."""
    quick = {"sync__interval_s": 1, "sync__breaker_failures": 2, "sync__breaker_reset_s": 2}
    with running_till(tmp_path, start=False, **quick) as till:
        till.data_dir.mkdir()
        shutil.copy(ROOT / "bootstrap/demo/catalogue.json", till.data_dir / "cache.json")
        yield till.start()


@pytest.fixture
def page(browser: Browser, till: TillProcess) -> Iterator[TillPage]:
    context = browser.new_context(viewport=DESK, locale="ru-RU")
    page = TillPage(context.new_page(), till.page_url).open()
    yield page
    context.close()
    assert page.errors == []


def receipts_in(journal: list[dict[str, Any]]) -> list[str]:
    return [document["type"] for document in journal if document["type"] in RECEIPTS]


def test_a_sale_shows_its_paper_with_a_qr_code(page: TillPage, till: TillProcess) -> None:
    page.sell()
    page.expect_verdict("Чек напечатан")
    paper = page.page.locator(".result .paper")
    document = till.register.journal()[-1]
    expect(paper).to_contain_text("КАССОВЫЙ ЧЕК")
    expect(paper).to_contain_text(f"ФД{document['fd']}")
    expect(paper.get_by_role("img", name="QR-код чека").locator("path").first).to_be_visible()


def test_a_double_click_makes_one_receipt(page: TillPage, till: TillProcess) -> None:
    page.put()
    page.sell_button.evaluate("(button) => { button.click(); button.click(); }")
    page.expect_verdict("Чек напечатан")
    assert receipts_in(till.register.journal()) == ["sale"]


def test_a_lost_answer_is_asked_for_again_and_makes_one_receipt(
    page: TillPage, till: TillProcess
) -> None:
    keys: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.page.route("**/v1/kkt/receipt", lose_the_first_answer)
    page.sell()
    page.expect_verdict("Чек напечатан")
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert receipts_in(till.register.journal()) == ["sale"]


def test_a_reload_before_the_answer_makes_one_receipt(page: TillPage, till: TillProcess) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.page.route("**/v1/kkt/receipt", lose)
    page.sell()
    page.expect_verdict("Ждём ответа на чек")
    page.page.unroute("**/v1/kkt/receipt")
    page.page.reload()
    page.expect_verdict("Чек напечатан")
    assert receipts_in(till.register.journal()) == ["sale"]


def test_a_split_payment_and_a_discount_reach_the_register(
    page: TillPage, till: TillProcess
) -> None:
    page.put(0)
    page.put(1)
    page.page.locator(".extras summary").click()
    page.page.get_by_role("button", name="10 %").click()
    page.page.get_by_role("button", name="Частями").click()
    page.page.get_by_label("Из них наличными, ₽").fill("500")
    page.sell_button.click()
    page.expect_verdict("Чек напечатан")
    paper = page.page.locator(".result .paper")
    expect(paper).to_contain_text("НАЛИЧНЫМИ=500.00")
    shown = page.page.locator(".verdict-sum").inner_text()
    kopecks = int("".join(character for character in shown if character.isdigit()))
    assert till.register.journal()[-1]["total"] == kopecks


def test_an_ofd_that_is_down_fills_the_buffer_and_nothing_is_lost(
    page: TillPage, till: TillProcess
) -> None:
    till.ofd.fault("down")
    page.sell_and_go_on()
    page.sell_and_go_on()
    page.expect_light("buffer", "2 / 200", "ok")
    expect(page.newest_receipt()).to_contain_text("Ждёт отправки")
    page.synchronise()
    page.expect_light("network", "Нет связи", "bad")
    page.expect_light("breaker", "РАЗОМКНУТ", "bad")

    till.ofd.clear()
    page.expect_light("buffer", "0 / 200", "ok")
    expect(page.newest_receipt()).to_contain_text("Доставлен", timeout=PATIENCE_MS)
    check = page.tab("Обрывы").locator("[data-check]")
    expect(check).to_have_text(
        "Чеков в буфере 2 = в журнале регистратора 2 = у ОФД 2, повторов 0.", timeout=PATIENCE_MS
    )


def test_a_register_deaf_after_printing_prints_one_paper(page: TillPage, till: TillProcess) -> None:
    till.register.fault("deaf_after_print", count=1)
    page.sell()
    page.expect_verdict("Чек напечатан")
    assert receipts_in(till.register.journal()) == ["sale"]


def test_a_register_without_paper_keeps_the_receipt_until_there_is_some(
    page: TillPage, till: TillProcess
) -> None:
    till.register.fault("no_paper")
    page.sell()
    page.expect_verdict("Чек в буфере — безопасно сохранён")
    page.expect_light("register", "Нет бумаги", "bad")
    assert receipts_in(till.register.journal()) == []

    till.register.clear()
    page.expect_verdict("Чек напечатан")
    assert receipts_in(till.register.journal()) == ["sale"]


def test_a_parked_receipt_that_was_printed_takes_its_numbers_from_the_paper(
    page: TillPage, till: TillProcess
) -> None:
    till.register.fault("deaf_after_print", count=1)
    till.register.fault("unreadable")
    page.sell()
    page.expect_verdict("Посмотрите, вышел ли чек из регистратора")

    document = till.register.journal()[-1]
    page.decide(
        "Напечатан",
        "Записать",
        fd=str(document["fd"]),
        fiscal_sign=str(document["fiscal_sign"]),
    )
    page.expect_verdict("Чек напечатан")
    assert receipts_in(till.register.journal()) == ["sale"]


def test_a_parked_receipt_that_was_not_printed_is_printed_once(
    page: TillPage, till: TillProcess
) -> None:
    # A document nobody can read has appeared: the opening of the shift, but who could tell?
    till.register.fault("deaf_after_print", count=1, on="shift")
    till.register.fault("unreadable")
    page.sell()
    page.expect_verdict("Посмотрите, вышел ли чек из регистратора")
    assert receipts_in(till.register.journal()) == []

    page.decide("Не напечатан", "Печатать заново")
    page.expect_verdict("Чек напечатан")
    assert receipts_in(till.register.journal()) == ["sale"]


def test_what_the_ofd_refused_is_sent_again_by_a_person(page: TillPage, till: TillProcess) -> None:
    till.ofd.fault("refuse", count=1)
    page.sell_and_go_on()
    expect(page.page.locator("#attention-count")).to_have_text("1", timeout=PATIENCE_MS)
    page.decide("Отправить снова", "Отправить")
    expect(page.tab("Внимание")).to_contain_text("Отклонённых чеков нет", timeout=PATIENCE_MS)
    expect(page.newest_receipt()).to_contain_text("Доставлен", timeout=PATIENCE_MS)
    assert receipts_in(till.ofd.journal()) == ["sale"]


def test_a_refund_waits_until_its_receipt_is_delivered(page: TillPage, till: TillProcess) -> None:
    till.ofd.fault("down")
    page.sell_and_go_on()
    receipt = page.open_newest_receipt()
    receipt.get_by_role("button", name="Возврат").click()
    page.expect_said("ещё не передан в ОФД")
    assert receipts_in(till.register.journal()) == ["sale"]

    till.ofd.clear()
    expect(receipt.locator(".chips")).to_contain_text("Доставлен", timeout=PATIENCE_MS)
    receipt.get_by_role("button", name="Возврат").click()
    page.page.get_by_role("button", name="Пробить возврат").click()
    page.expect_verdict("Чек напечатан")
    expect(page.page.locator(".result .paper")).to_contain_text("ВОЗВРАТ ПРИХОДА")
    sale, refund = [one for one in till.register.journal() if one["type"] in RECEIPTS]
    assert (refund["type"], refund["total"]) == ("refund", sale["total"])


def test_x_leaves_the_shift_open_and_z_closes_it(page: TillPage, till: TillProcess) -> None:
    page.sell_and_go_on()
    shift = page.tab("Смена")
    shift.get_by_role("button", name="X-отчёт").click()
    expect(shift.locator(".paper")).to_contain_text("X-ОТЧЁТ")
    assert till.register.journal()[-1]["type"] == "sale"

    shift.get_by_role("button", name="Z-отчёт").click()
    page.page.get_by_role("button", name="Снять Z-отчёт").click()
    expect(shift.locator(".paper")).to_contain_text("Z-ОТЧЁТ", timeout=PATIENCE_MS)
    page.expect_light("shift", "Закрыта", "idle")
    assert till.register.journal()[-1]["type"] == "close_shift"


def test_a_sale_goes_on_when_a_killed_adapter_comes_back(page: TillPage, till: TillProcess) -> None:
    page.put()
    till.kill()
    notice = page.page.locator("#notice")
    expect(notice).to_contain_text("Адаптер не отвечает", timeout=PATIENCE_MS)
    page.sell_button.click()
    page.expect_verdict("Ждём ответа на чек")

    till.restart()
    page.expect_verdict("Чек напечатан")
    expect(notice).to_be_hidden(timeout=PATIENCE_MS)
    assert receipts_in(till.register.journal()) == ["sale"]


def test_a_switch_on_the_page_reaches_the_simulator(page: TillPage, till: TillProcess) -> None:
    switch = page.tab("Обрывы").locator('[data-side="ofd"] [data-fault="down"]')
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true", timeout=PATIENCE_MS)
    assert [active["fault"] for active in till.ofd.active_faults()] == ["down"]
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false", timeout=PATIENCE_MS)
    assert till.ofd.active_faults() == []


@pytest.mark.parametrize("size", [SMALL, DESK], ids=["800x480", "1024x768"])
def test_every_tab_fits_the_screen_and_the_finger(
    page: TillPage, till: TillProcess, size: dict[str, int]
) -> None:
    page.page.set_viewport_size(size)  # type: ignore[arg-type]
    till.ofd.fault("refuse", count=1)
    page.put(1)
    page.page.get_by_role("button", name="Частями").click()
    misfits = {"Корзина": (page.sideways_scroll(), page.small_targets())}
    page.page.get_by_role("button", name="Карта").click()
    page.sell_button.click()
    page.expect_verdict("Чек напечатан")
    expect(page.page.locator("#attention-count")).to_have_text("1", timeout=PATIENCE_MS)
    for title in ["Продажа", "Чеки", "Внимание", "Смена", "Обрывы"]:
        page.tab(title)
        misfits[title] = (page.sideways_scroll(), page.small_targets())
    page.open_newest_receipt()
    misfits["Чек"] = (page.sideways_scroll(), page.small_targets())
    assert {title: found for title, found in misfits.items() if found != ([], [])} == {}


def test_the_page_asks_nobody_but_the_adapter(page: TillPage, till: TillProcess) -> None:
    page.sell_and_go_on()
    for title in ["Чеки", "Внимание", "Смена", "Обрывы"]:
        page.tab(title)
    foreign = [url for url in page.requests if not url.startswith(till.page_url)]
    assert foreign == []


def test_the_keyboard_alone_makes_a_sale(page: TillPage, till: TillProcess) -> None:
    search = page.page.get_by_label("Поиск товара")
    search.press("Enter")
    expect(page.page.locator(".basket-line")).to_have_count(1)
    page.sell_button.focus()
    page.page.keyboard.press("Enter")
    page.expect_verdict("Чек напечатан")
    expect(page.page.get_by_role("button", name="Новый чек")).to_be_focused()
    assert receipts_in(till.register.journal()) == ["sale"]
