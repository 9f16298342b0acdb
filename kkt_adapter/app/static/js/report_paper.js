// X and Z reports as paper: answer of /v1/kkt/shift/x-report or /close → lines (see paper.js).

import { kopecks, plain } from "./money.js";
import { wallClock } from "./russian.js";

const SUMS = [
  ["cash", "  НАЛИЧНЫМИ"],
  ["electronically", "  БЕЗНАЛИЧНЫМИ"],
  ["prepaid", "  АВАНСОМ"],
  ["credit", "  В КРЕДИТ"],
  ["other", "  ИНОЕ"],
];

export function reportPaper(report) {
  const totals = report.totals ?? {};
  const z = report.report === "z";
  return [
    { kind: "centre", left: z ? "ОТЧЁТ О ЗАКРЫТИИ СМЕНЫ" : "X-ОТЧЁТ", style: "strong" },
    { kind: "centre", left: z ? "Z-ОТЧЁТ" : "БЕЗ ГАШЕНИЯ" },
    { kind: "rule" },
    { kind: "pair", left: `СМЕНА ${report.shift}`, right: wallClock(report.time) },
    { kind: "pair", left: "ЧЕКОВ ЗА СМЕНУ", right: String(totals.receiptsCount ?? 0) },
    { kind: "rule" },
    ...section("ПРИХОД", totals.income),
    ...section("ВОЗВРАТ ПРИХОДА", totals.incomeReturn),
    { kind: "rule" },
    { kind: "total", left: "В КАССЕ", right: `=${sum(totals.cashInDrawer)}` },
    ...(report.fiscal_doc ? fiscal(report.fiscal_doc) : []),
  ];
}

function section(title, totals) {
  if (!totals) return [];
  const paid = SUMS.filter(([name]) => kopecks(totals[name] ?? 0)).map(([name, left]) => ({
    kind: "pair",
    left,
    right: `=${sum(totals[name])}`,
  }));
  return [
    { kind: "pair", left: `${title} (${totals.count})`, right: `=${sum(totals.total)}` },
    ...paid,
  ];
}

function fiscal(doc) {
  return [
    { kind: "rule" },
    { kind: "pair", left: "ФН", right: doc.fn },
    { kind: "pair", left: "ФД", right: String(doc.fd) },
    { kind: "pair", left: "ФП", right: String(doc.fiscal_sign).padStart(10, "0") },
  ];
}

function sum(text) {
  return plain(kopecks(text ?? 0) ?? 0);
}
