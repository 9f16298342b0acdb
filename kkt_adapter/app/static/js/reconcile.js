// Three books of the same receipts: the buffer, the register's journal, the OFD's journal.

const RECEIPTS = new Set(["sale", "refund", "correction"]);

/**
 * Counts receipts of the buffer that were fiscalised, and finds each of them in both journals.
 * Journals may know more (an older data directory); the check asks about ours only.
 */
export function reconcile(receipts, registerJournal, ofdJournal) {
  const ours = receipts.filter((receipt) => receipt.print_state === "printed");
  const ids = new Set(ours.map((receipt) => receipt.receipt_id));
  const printed = timesById(registerJournal, ids);
  const delivered = timesById(ofdJournal, ids);
  const repeats = extra(printed) + extra(delivered);
  const refused = ours.filter((receipt) => receipt.status === "failed").length;
  const owed = ours.filter((receipt) => receipt.status !== "synced").length - refused;
  const waiting = receipts.filter((receipt) => receipt.print_state === "queued").length;
  const lost =
    ours.filter((receipt) => !printed.has(receipt.receipt_id)).length +
    ours.filter((one) => one.status === "synced" && !delivered.has(one.receipt_id)).length;
  return {
    buffer: ours.length,
    register: printed.size,
    ofd: delivered.size,
    repeats,
    lost,
    owed,
    refused,
    waiting,
    tone: repeats + lost > 0 ? "bad" : owed + refused + waiting > 0 ? "warn" : "ok",
  };
}

export function reconcileWords(check) {
  const sign = (left, right) => (left === right ? "=" : "≠");
  const tail = [
    check.owed > 0 && `Ещё в пути к ОФД: ${check.owed}.`,
    check.refused > 0 && `ОФД отклонил: ${check.refused}.`,
    check.waiting > 0 && `Ждут печати: ${check.waiting}.`,
    check.lost > 0 && `НЕ НАЙДЕНО: ${check.lost}.`,
  ].filter(Boolean);
  const books = [
    `Чеков в буфере ${check.buffer} ${sign(check.buffer, check.register)}`,
    `в журнале регистратора ${check.register} ${sign(check.register, check.ofd)}`,
    `у ОФД ${check.ofd}, повторов ${check.repeats}`,
  ].join(" ");
  return [`${books}.`, ...tail].join(" ");
}

function timesById(journal, ids) {
  const times = new Map();
  for (const { type, receipt_id: id } of journal) {
    if (RECEIPTS.has(type) && ids.has(id)) times.set(id, (times.get(id) ?? 0) + 1);
  }
  return times;
}

function extra(times) {
  return [...times.values()].reduce((sum, count) => sum + count - 1, 0);
}
