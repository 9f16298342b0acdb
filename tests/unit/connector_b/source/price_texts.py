"""Words and lines of Russian suppliers' price lists, and short files made of them."""

from __future__ import annotations

from hypothesis import strategies as st

HEADERS = (
    "Артикул;Наименование;Цена",
    "Код;Товар;Цена, руб.;Остаток",
    "Номенклатура;Ед. изм.;Опт;Розница",
    "Наименование товара;Кол-во;Цена с НДС",
    "№ п/п;Штрихкод;Бренд;Модель;Цвет",
    "Сфера;Цилиндр;Ось;Диаметр;Покрытие",
)
NAMES = (
    "Оправа металлическая женская",
    "Линза очковая полимерная",
    "Раствор для контактных линз",
    "Футляр жёсткий чёрный",
    "Салфетка из микрофибры",
    "Очки солнцезащитные поляризационные",
    "Цепочка для очков",
    "Оправа детская пластик",
    "Капли увлажняющие",
    "Пинцет для линз",
    "Шнурок спортивный синий",
    "Винты, носоупоры, заушники",
    "ФУТЛЯР-КНИЖКА КРАСНЫЙ",
    "ЛИНЗА ФОТОХРОМНАЯ",
    "Щётка ультразвуковая",
    "Объёмный эффект «хамелеон»",
    "Хомут юстировочный",
    "Съёмный козырёк",
    "линза однодневная",
    "жидкость чистящая 50 мл",
)
BRANDS = ("Ray-Ban", "Vogue", "Polaroid", "Acuvue", "Essilor", "ОптикПро", "Кант", "Невская оптика")
UNITS = ("шт", "шт.", "пара", "уп.", "компл.", "мл")
COLOURS = ("чёрный", "золото", "синий", "серебро", "прозрачный", "бордовый", "хаки", "Havana", "")

line = st.builds(
    "{};{} {} {};{};{};{}".format,
    st.from_regex(r"[A-Z]{0,3}[0-9]{3,6}", fullmatch=True),
    st.sampled_from(NAMES),
    st.sampled_from(BRANDS),
    st.integers(1000, 9999),
    st.sampled_from(COLOURS),
    st.sampled_from(UNITS),
    st.integers(100, 99999).map(lambda price: f"{price // 100},{price % 100:02d}"),
)
# A header and a row or two: the shortest file anybody sends.
short_file = st.builds(
    lambda header, lines: "\r\n".join([header, *lines]) + "\r\n",
    st.sampled_from(HEADERS),
    st.lists(line, min_size=1, max_size=4),
)
