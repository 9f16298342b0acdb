// A receipt as the register prints it: stored receipt (with its FFD document) → lines of paper.
//
// Line kinds: centre, text, pair (left … right), total (a large pair), rule, qr.

import { kopecks, plain } from "./money.js";
import {
  METHOD,
  OPERATION,
  PAYMENTS,
  RECEIPT_VAT,
  SUBJECT,
  TAX_SYSTEM,
  UNIT,
  VAT,
} from "./ffd_words.js";
import { wallClock } from "./russian.js";

const WIDTH = 42;
const RULE = { kind: "rule" };

export function paper(receipt) {
  const document = receipt.document ?? {};
  const correction = receipt.type === "correction";
  return [
    ...header(document),
    centre(correction ? "КАССОВЫЙ ЧЕК КОРРЕКЦИИ" : "КАССОВЫЙ ЧЕК", "strong"),
    centre(OPERATION[document["1054"]] ?? ""),
    ...(correction ? basis(document) : []),
    RULE,
    ...list(document["1059"]).flatMap(position),
    RULE,
    { kind: "total", left: "ИТОГ", right: `=${plain(document["1020"] ?? kopecks(receipt.total))}` },
    ...sums(document, PAYMENTS),
    ...vatTotals(document),
    RULE,
    ...footer(document),
    ...fiscalData(receipt, document),
  ].filter((line) => line.kind === "rule" || line.kind === "qr" || line.left);
}

/** The same paper as plain text, for the clipboard. */
export function paperText(lines) {
  return lines
    .filter((line) => line.kind !== "qr")
    .map((line) => {
      if (line.kind === "rule") return "-".repeat(WIDTH);
      if (line.kind === "centre") return centred(line.left);
      return line.right ? spread(line.left, line.right) : line.left;
    })
    .join("\n");
}

function header(document) {
  return [
    centre(document["1048"]),
    centre(document["1018"] && `ИНН ${document["1018"].trim()}`),
    centre(document["1187"]),
    centre(document["1009"]),
  ];
}

function basis(document) {
  const { 1178: date, 1179: number } = document["1174"] ?? {};
  const order = document["1173"] === 1;
  return [
    text(order ? "КОРРЕКЦИЯ ПО ПРЕДПИСАНИЮ" : "САМОСТОЯТЕЛЬНАЯ КОРРЕКЦИЯ"),
    text(date && `ДАТА РАСЧЁТА ${day(date)}`),
    text(number && `ДОКУМЕНТ ОСНОВАНИЯ ${number}`),
  ];
}

function position(item) {
  const unit = UNIT[item["2108"]] ?? "";
  const count = [quantity(item["1023"]), unit].filter(Boolean).join(" ");
  const [, vat] = VAT[item["1199"]] ?? [];
  const vatSum = item["1200"] === undefined ? "" : `=${plain(item["1200"])}`;
  const kind = [SUBJECT[item["1212"]], METHOD[item["1214"]]].filter(Boolean).join(", ");
  return [
    text(item["1030"]),
    pair(`${count} × ${plain(item["1079"])}`, `=${plain(item["1043"])}`),
    vatSum ? pair(`  ${vat}`, vatSum, "fine") : text(vat && `  ${vat}`, "fine"),
    text(kind && `  ${kind}`, "fine"),
  ];
}

function sums(document, rows) {
  return rows
    .filter(([tag]) => document[tag])
    .map(([tag, words]) => pair(words, `=${plain(document[tag])}`));
}

function vatTotals(document) {
  const contained = list(document["1115"]?.["1119"]).map((part) =>
    pair(`СУММА ${VAT[part["1199"]]?.[1] ?? "НДС"}`, `=${plain(part["1120"])}`),
  );
  return [...sums(document, RECEIPT_VAT), ...contained];
}

function footer(document) {
  const own = document["1084"];
  return [
    pair("СНО", TAX_SYSTEM[document["1055"]]),
    pair("КАССИР", document["1021"]),
    pair("ИНН КАССИРА", document["1203"]?.trim()),
    pair("ЭЛ. АДР. ПОКУПАТЕЛЯ", document["1008"]),
    text(own && `${own["1085"]}: ${own["1086"]}`, "fine"),
    pair("САЙТ ФНС", document["1060"] ?? "www.nalog.gov.ru"),
  ];
}

function fiscalData(receipt, document) {
  const doc = receipt.fiscal_doc;
  if (!doc) return [RULE, centre("НЕ ФИСКАЛЬНЫЙ: ЧЕК ЕЩЁ НЕ НАПЕЧАТАН", "strong")];
  return [
    pair("РН ККТ", document["1037"]?.trim()),
    pair("ДАТА, ВРЕМЯ", wallClock(doc.time)),
    pair(`СМЕНА ${doc.shift}`, `ЧЕК ${doc.number}`),
    pair("ФН", doc.fn),
    pair("ФД", String(doc.fd)),
    pair("ФП", String(doc.fiscal_sign).padStart(10, "0")),
    { kind: "qr" },
  ];
}

function day(value) {
  return value.slice(0, 10).split("-").reverse().join(".");
}

/** FFD quantities arrive as numbers or as decimal text; "1.000000" reads as 1. */
function quantity(value) {
  return String(Number(value ?? 1));
}

function list(value) {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function centre(left, style) {
  return { kind: "centre", left, style };
}

function text(left, style) {
  return { kind: "text", left, style };
}

function pair(left, right, style) {
  return { kind: "pair", left: right ? left : "", right, style };
}

function centred(value) {
  return " ".repeat(Math.max(0, Math.floor((WIDTH - value.length) / 2))) + value;
}

function spread(left, right) {
  const gap = WIDTH - left.length - right.length;
  return gap > 0
    ? left + " ".repeat(gap) + right
    : `${left}\n${" ".repeat(Math.max(0, WIDTH - right.length))}${right}`;
}
