"""The sections of the report: what is measured, how it is tabulated, and its bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from tests.bench import draining, footprint, selling, storing
from tests.bench.figures import Bound, Result, Rounds, p95_ratio, rate_ratio
from tests.bench.old_receipts import cached


@dataclass(frozen=True, slots=True)
class Size:
    rounds: int
    stored: int
    sold: int
    few: int
    many: int


FULL = Size(rounds=15, stored=400, sold=400, few=1_000, many=1_000_000)
QUICK = Size(rounds=5, stored=200, sold=200, few=1_000, many=20_000)

_RATES = ("", "в секунду", "P95, мс", "скорость к первому", "P95 к первому")


def storing_a_receipt(size: Size) -> Iterator[Result]:
    few, many = _old(size.few), _old(size.many)
    old = [(few, cached(size.few)), (many, cached(size.many))]
    found = storing.measure(size.rounds, size.stored, old)
    buffer, bare = found[0], found[1]
    with_few, with_many = found[-2], found[-1]
    yield Result(
        "Запись чека в буфер",
        _RATES,
        _compared(found, bare),
        [
            Bound("скорость буфера к sqlite3", rate_ratio(buffer, bare), at_least=0.8),
            Bound(
                f"запись: {few} быстрее, чем {many}, в раз",
                rate_ratio(with_few, with_many),
                at_most=1.2,
            ),
            Bound("запись: P95 с ними же, отношение", p95_ratio(with_many, with_few), at_most=1.2),
        ],
        "Буфер: поиск ключа, чек, событие и его хеш — одна транзакция. sqlite3: те же строки той"
        " же схемы с теми же PRAGMA, всё посчитано заранее. Очереди пишут одну строку без"
        " проверки ключа и журнала событий, WAL и synchronous=FULL.",
    )


def sale_over_http(size: Size) -> Iterator[Result]:
    with ExitStack() as stack:
        rivals = [
            selling.Rival("пустой FastAPI", stack.enter_context(selling.empty_endpoint())),
            selling.delivering(
                "продажа, передача идёт",
                stack.enter_context(selling.selling_till(ofd_down=False)),
            ),
            selling.Rival(
                "продажа, ОФД недоступен",
                stack.enter_context(selling.selling_till(ofd_down=True)).port,
            ),
        ]
        for connections in (1, 4):
            empty, delivering, offline = selling.compete(
                rivals, size.rounds, size.sold, connections
            )
            bounds = []
            for name, till in (("передача идёт", delivering), ("ОФД недоступен", offline)):
                bounds += [
                    Bound(f"скорость, {name}", rate_ratio(till, empty), at_least=0.35),
                    Bound(f"P95, {name}", p95_ratio(till, empty), at_most=3.5),
                ]
            yield Result(
                f"Продажа по HTTP, соединений: {connections}",
                _RATES,
                _compared([empty, delivering, offline], empty),
                bounds,
                "Виртуальный регистратор — отдельный процесс без задержек. Передача в ОФД уступает"
                " дорогу продажам, пока буфер не заполнен наполовину.",
            )


def old_receipts(size: Size) -> Iterator[Result]:
    few, many = cached(size.few), cached(size.many)
    with ExitStack() as stack:
        tills = [
            selling.Rival(
                _old(count),
                stack.enter_context(selling.selling_till(file, ofd_down=True)).port,
            )
            for count, file in ((size.few, few), (size.many, many))
        ]
        with_few, with_many = selling.compete(tills, size.rounds, size.sold, 1)
    started = footprint.start_s(many)
    yield Result(
        "Продажа по HTTP при большом файле",
        _RATES,
        _compared([with_few, with_many], with_few),
        [
            Bound(
                "продажа: быстрее с малым файлом, в раз",
                rate_ratio(with_few, with_many),
                at_most=1.2,
            ),
            Bound("продажа: P95, отношение", p95_ratio(with_many, with_few), at_most=1.2),
            Bound(f"запуск, {_old(size.many)}, с", started, at_most=2.0),
        ],
    )


def draining_the_buffer(_size: Size) -> Iterator[Result]:
    full, offline = draining.full_buffer(), draining.after_eight_hours()
    ideal = draining.FULL * draining.LATENCY_S
    yield Result(
        "Передача накопленного",
        ("", "чеков", "секунд", "документов в ОФД"),
        [
            (f"полный буфер, ОФД отвечает за {draining.LATENCY_S * 1000:.0f} мс", *_drained(full)),
            ("сеть вернулась, предохранитель разомкнут", *_drained(offline)),
        ],
        [
            Bound("полный буфер к чеки × задержка ОФД", full.seconds / ideal, at_most=1.3),
            Bound("после возвращения сети, с", offline.seconds, at_most=600),
            Bound("дублей в ОФД", _doubles(full) + _doubles(offline), at_most=0),
        ],
    )


def idle(_size: Size) -> Iterator[Result]:
    memory, started = footprint.idle_memory_mb(), footprint.start_s(None)
    yield Result(
        "Касса в покое",
        ("", ""),
        [("память адаптера", f"{memory:.0f} МБ"), ("запуск до первого ответа", f"{started:.2f} с")],
        [Bound("память, МБ", memory, at_most=120)],
    )


def _old(count: int) -> str:
    return f"старых чеков {count:,}".replace(",", "\u00a0")


def _compared(found: Sequence[Rounds], with_whom: Rounds) -> list[Sequence[str]]:
    return [
        (
            rounds.name,
            f"{rounds.rate:.0f}",
            f"{rounds.p95_ms:.2f}",
            f"{rate_ratio(rounds, with_whom):.2f}",
            f"{p95_ratio(rounds, with_whom):.2f}",
        )
        for rounds in found
    ]


def _drained(drained: draining.Drained) -> tuple[str, str, str]:
    return str(drained.receipts), f"{drained.seconds:.1f}", str(drained.at_ofd)


def _doubles(drained: draining.Drained) -> int:
    return abs(drained.at_ofd - drained.receipts)


ALL: dict[str, Callable[[Size], Iterator[Result]]] = {
    "storing": storing_a_receipt,
    "sale": sale_over_http,
    "old": old_receipts,
    "drain": draining_the_buffer,
    "idle": idle,
}
