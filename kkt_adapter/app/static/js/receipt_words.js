// States of a receipt in words, each with the tone of its chip.

export const TYPE = { sale: "Продажа", refund: "Возврат", correction: "Коррекция" };

const PRINT = {
  queued: { text: "Ждёт печати", tone: "warn" },
  printed: { text: "Напечатан", tone: "ok" },
  parked: { text: "Нужно решение", tone: "bad" },
  refused: { text: "Отказ регистратора", tone: "bad" },
  withdrawn: { text: "Отозван", tone: "idle" },
};

const DELIVERY = {
  pending: { text: "Ждёт отправки", tone: "warn" },
  syncing: { text: "Отправляется", tone: "warn" },
  synced: { text: "Доставлен", tone: "ok" },
  failed: { text: "ОФД отказал", tone: "bad" },
};

export function printChip(receipt) {
  return PRINT[receipt.print_state] ?? { text: receipt.print_state, tone: "idle" };
}

/** Only a printed receipt is on its way to the OFD. */
export function deliveryChip(receipt) {
  if (receipt.print_state === "withdrawn") return { text: "В ОФД не пойдёт", tone: "idle" };
  if (receipt.print_state !== "printed") return { text: "В ОФД после печати", tone: "idle" };
  return DELIVERY[receipt.status] ?? { text: receipt.status, tone: "idle" };
}

/** What became of a sale, for the screen right after it: { tone, title, text }. */
export function outcome(receipt) {
  const words = OUTCOME[receipt.print_state] ?? OUTCOME.queued;
  return { ...words, text: receipt.print_error ?? words.text };
}

const OUTCOME = {
  printed: {
    tone: "ok",
    title: "Чек напечатан",
    text: "Отдайте чек покупателю. В ОФД он уйдёт сам.",
  },
  queued: {
    tone: "warn",
    title: "Чек в буфере — безопасно сохранён",
    text: "Регистратор ещё не ответил. Чек напечатается сам, по порядку; пробивать его снова нельзя.",
  },
  parked: {
    tone: "bad",
    title: "Посмотрите, вышел ли чек из регистратора",
    text: "Регистратор не смог сказать, напечатан ли чек. Ответьте во вкладке «Внимание».",
  },
  refused: {
    tone: "bad",
    title: "Регистратор отказал в печати",
    text: "Чек сохранён. Повторите или отзовите его во вкладке «Внимание».",
  },
  withdrawn: {
    tone: "idle",
    title: "Чек отозван",
    text: "Он не напечатан и в ОФД не пойдёт.",
  },
};

const EVENTS = {
  receipt_added: "Чек сохранён в буфере",
  receipt_printed: "Регистратор напечатал чек",
  receipt_print_delayed: "Печать отложена",
  receipt_print_refused: "Регистратор отказал в печати",
  receipt_parked: "Отложен до решения человека",
  receipt_requeued_for_print: "Возвращён в очередь печати",
  receipt_withdrawn: "Отозван",
  receipt_syncing: "Отправляется в ОФД",
  receipt_synced: "ОФД подтвердил приём",
  receipt_deferred: "ОФД не принял сейчас, будет повтор",
  receipt_failed: "ОФД отказал, чек в списке ошибок",
  receipt_requeued: "Возвращён в очередь отправки",
  dlq_resolved: "Ошибка закрыта вручную",
};

/** One step of a receipt's history: { title, note } with who, why or the error where it is known. */
export function eventWords({ event_type: type, metadata }) {
  const { reason, error, by } = metadata;
  const notes = [by && `Решил(а) ${by}`, error ?? reason];
  return { title: EVENTS[type] ?? type, note: notes.filter(Boolean).join(": ") };
}
