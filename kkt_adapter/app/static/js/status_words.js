// GET /v1/kkt/buffer/status → lights for the header and one sentence: what to do next.

import { age, counted } from "./russian.js";

const SHIFT_LIMIT_S = 24 * 3600;
const SHIFT_SOON_S = 2 * 3600;
const BLOCK_SOON_DAYS = 5;

const NETWORK = {
  online: ["Есть связь", "ok"],
  degraded: ["С перебоями", "warn"],
  offline: ["Нет связи", "bad"],
};

const BREAKER = {
  CLOSED: ["ЗАМКНУТ", "ok"],
  OPEN: ["РАЗОМКНУТ", "bad"],
  HALF_OPEN: ["ПРОВЕРКА", "warn"],
};

const REGISTER = {
  ready: ["Готов", "ok"],
  offline: ["Не отвечает", "bad"],
  no_paper: ["Нет бумаги", "bad"],
  exhausted: ["ФН исчерпан", "bad"],
  unreadable: ["ФН не читается", "bad"],
  unknown: ["Проверяется", "idle"],
};

/** Each light: { id, label, value, detail, tone } and for the buffer { used, capacity }. */
export function lights(status) {
  return [
    network(status),
    buffer(status),
    breaker(status.breaker),
    register(status),
    shift(status.shift),
    fiscalDrive(status),
  ];
}

function network(status) {
  const [value, tone] = NETWORK[status.network_status] ?? ["Неизвестно", "idle"];
  const unsent = status.current_queued;
  const waited = status.oldest_unsent_age_s;
  return {
    id: "network",
    label: "Сеть до ОФД",
    value,
    detail: unsent === 0 ? "всё доставлено" : `не отправлено: ${unsent}`,
    title: waited ? `Самый старый неотправленный чек ждёт ${age(waited)}` : "",
    tone,
  };
}

function buffer(status) {
  const tone = { ok: "ok", warning: "warn", full: "bad" }[status.level] ?? "idle";
  return {
    id: "buffer",
    label: "Буфер",
    value: `${status.current_queued} / ${status.total_capacity}`,
    detail: `${Math.round(status.percent_full)} %`,
    tone,
    used: status.current_queued,
    capacity: status.total_capacity,
  };
}

function breaker(state) {
  const [value, tone] = BREAKER[state.state] ?? [state.state, "idle"];
  const wait = state.retry_in_s;
  const details = {
    CLOSED: "отправка идёт",
    OPEN: wait > 0 ? `проба через ${age(wait)}` : "скоро проба связи",
    HALF_OPEN: "пробная отправка",
  };
  return {
    id: "breaker",
    label: "Предохранитель",
    value,
    detail: details[state.state] ?? "",
    title: "Предохранитель ОФД размыкается, когда оператор не отвечает, и сам пробует связь снова",
    tone,
  };
}

function register(status) {
  const [value, tone] = REGISTER[status.register.state] ?? ["Неизвестно", "idle"];
  const waiting = status.waiting_print;
  return {
    id: "register",
    label: "Регистратор",
    value,
    detail: waiting > 0 ? `ждут печати: ${waiting}` : `ФД ${status.register.last_fd ?? "—"}`,
    tone,
  };
}

function shift({ state, number, age_s: open }) {
  const label = "Смена";
  if (state === "expired") {
    return { id: "shift", label, value: `№ ${number}`, detail: "больше 24 ч", tone: "bad" };
  }
  if (state !== "opened") {
    const known = state === "closed";
    const detail = known ? "откроется с чеком" : "состояние неизвестно";
    return { id: "shift", label, value: known ? "Закрыта" : "—", detail, tone: "idle" };
  }
  const left = SHIFT_LIMIT_S - open;
  return {
    id: "shift",
    label,
    value: `№ ${number} · ${age(open)}`,
    detail: `ещё ${age(left)}`,
    title: "Сколько осталось до предела в 24 часа",
    tone: left <= SHIFT_SOON_S ? "warn" : "ok",
  };
}

function fiscalDrive(status) {
  const { fn, memory_percent: memory } = status.register;
  const days = status.days_to_block ?? null;
  const full = status.register.state === "exhausted";
  const tones = [
    [full || (days !== null && days <= 0), "bad"],
    [days !== null && days <= BLOCK_SOON_DAYS, "warn"],
    [!fn, "idle"],
  ];
  return {
    id: "fn",
    label: fn ? `ФН …${String(fn).slice(-6)}` : "ФН",
    value: memory === null || memory === undefined ? "Нет данных" : `Память ${percent(memory)}`,
    detail: days === null ? "без блокировки" : `блок. через ${Math.max(0, Math.floor(days))} дн`,
    title: fn ? `Номер ФН ${fn}. ФН блокируется через 30 дней без связи с ОФД.` : "",
    tone: tones.find(([applies]) => applies)?.[1] ?? "ok",
  };
}

function percent(value) {
  return value > 0 && value < 1 ? "< 1 %" : `${Math.round(value)} %`;
}

/** The one thing to know now: { tone, text, tab } with the tab where it is done, if any. */
export function nextStep(status) {
  return RULES.map((rule) => rule(status)).find(Boolean) ?? ALL_WELL;
}

const ALL_WELL = { tone: "ok", text: "Всё в порядке: можно продавать.", tab: null };

function step(tone, text, tab = null) {
  return { tone, text, tab };
}

// The first rule that speaks wins: what stops the sale stands above what only deserves a look.
const RULES = [
  // Here the lane's own words tell why nobody knows, not what to do.
  (s) =>
    s.parked > 0 && step("bad", "Чек ждёт решения: вышел он из регистратора или нет?", "attention"),
  (s) =>
    s.register.state === "no_paper" &&
    step("bad", s.register.message ?? "Вставьте бумагу в регистратор: чеки напечатаются сами."),
  (s) =>
    s.register.state === "exhausted" &&
    step("bad", s.register.message ?? "Память ФН исчерпана: вызовите техника для замены ФН."),
  (s) =>
    (s.shift.state === "expired" || s.print_lane.state === "shift_expired") &&
    step(
      "bad",
      s.print_lane.message ?? s.shift.warning ?? "Смена длится больше 24 часов: снимите Z-отчёт.",
      "shift",
    ),
  (s) =>
    s.level === "full" &&
    step("bad", s.message ?? "Буфер полон: новые чеки не принимаются, пока не вернётся связь."),
  (s) =>
    s.days_to_block !== null &&
    s.days_to_block <= 0 &&
    step(
      "bad",
      "ФН заблокирован: 30 дней нет связи с ОФД. Восстановите связь и дождитесь отправки.",
    ),
  (s) =>
    s.register.state === "offline" &&
    step(
      "bad",
      s.register.message ??
        "Регистратор не отвечает: проверьте питание и кабель. Чеки сохраняются и напечатаются сами.",
    ),
  (s) => s.print_lane.message && step("warn", s.print_lane.message),
  (s) =>
    s.refused > 0 &&
    step(
      "warn",
      `${counted(s.refused, "чек не напечатан", "чека не напечатаны", "чеков не напечатаны")}: ` +
        "регистратор отказал. Повторите или отзовите.",
      "attention",
    ),
  (s) => s.level === "warning" && step("warn", s.message ?? "Буфер почти полон: проверьте связь."),
  (s) =>
    s.dlq > 0 &&
    step(
      "warn",
      `ОФД не принял ${counted(s.dlq, "чек", "чека", "чеков")}: нужно решение старшего.`,
      "attention",
    ),
  (s) => s.shift.warning && step("warn", s.shift.warning, "shift"),
  (s) => s.message && step("warn", s.message),
  (s) =>
    (s.network_status === "offline" || s.breaker.state === "OPEN") &&
    step("warn", "Связи с ОФД нет. Продавайте дальше: чеки сохраняются и уйдут сами."),
  (s) =>
    s.waiting_print > 0 &&
    step("warn", `Печатается: ${counted(s.waiting_print, "чек", "чека", "чеков")} в очереди.`),
];

/** How many cases wait for a person. */
export function attentionCount(status) {
  return status.parked + status.refused + status.dlq;
}

/** Changes exactly when a list on the page may have changed. */
export function fingerprint(status) {
  return JSON.stringify([
    status.current_queued,
    status.dlq,
    status.parked,
    status.refused,
    status.waiting_print,
    status.last_sync_at,
    status.register.last_fd,
    status.shift.state,
  ]);
}
