import assert from "node:assert/strict";
import { test } from "node:test";

import { paper, paperText } from "../../../kkt_adapter/app/static/js/paper.js";
import { reportPaper } from "../../../kkt_adapter/app/static/js/report_paper.js";

const FRAME = { 1030: "Оправа", 1079: 490000, 1023: "1.000000", 1043: 490000, 1199: 6 };
const SUNGLASSES = {
  1030: "Очки солнцезащитные",
  1079: 122000,
  1023: "2",
  1043: 244000,
  1199: 11,
  1200: 44000,
};
const PRINTED = {
  receipt_id: "r1",
  type: "sale",
  total: "7340.00",
  fiscal_doc: {
    fn: "9999078900012345",
    fd: 42,
    fiscal_sign: "31415926",
    shift: 3,
    number: 5,
    time: "2026-11-21T12:30:00+03:00",
  },
  document: {
    1054: 1,
    1055: 2,
    1009: "г. Москва",
    1187: "Салон оптики",
    1021: "Иванова А. П.",
    1020: 734000,
    1031: 234000,
    1081: 500000,
    1059: [FRAME, SUNGLASSES],
    1105: 490000,
    1115: { 1119: [{ 1199: 11, 1120: 44000 }] },
  },
};

function said(receipt) {
  return paperText(paper(receipt)).replace(/ +/g, " ");
}

test("each line is quantity × price = sum with its VAT", () => {
  assert.match(said(PRINTED), /Оправа\n1 × 4900\.00 =4900\.00\n НДС не облагается/);
  assert.match(said(PRINTED), /2 × 1220\.00 =2440\.00\n НДС 22% =440\.00/);
});

test("total, payments and VAT of the receipt stand under the lines", () => {
  const text = said(PRINTED);
  assert.match(text, /ИТОГ =7340\.00\nНАЛИЧНЫМИ =2340\.00\nБЕЗНАЛИЧНЫМИ =5000\.00/);
  assert.match(text, /СУММА БЕЗ НДС =4900\.00\nСУММА НДС 22% =440\.00/);
});

test("the fiscal data of the register close the paper, with a QR code", () => {
  assert.match(said(PRINTED), /СМЕНА 3 ЧЕК 5\nФН 9999078900012345\nФД 42\nФП 0031415926$/);
  assert.equal(paper(PRINTED).at(-1).kind, "qr");
});

test("a receipt that is not printed says so and has no QR code", () => {
  const lines = paper({ ...PRINTED, fiscal_doc: null });
  assert.match(paperText(lines), /ЕЩЁ НЕ НАПЕЧАТАН/);
  assert.equal(
    lines.some(({ kind }) => kind === "qr"),
    false,
  );
});

test("a refund and a correction are named as the law names them", () => {
  const document = { ...PRINTED.document, 1054: 2, 1173: 0, 1174: { 1178: "2026-11-20" } };
  assert.match(said({ ...PRINTED, type: "refund", document }), /ВОЗВРАТ ПРИХОДА/);
  const correction = said({ ...PRINTED, type: "correction", document });
  assert.match(correction, /ЧЕК КОРРЕКЦИИ/);
  assert.match(correction, /САМОСТОЯТЕЛЬНАЯ КОРРЕКЦИЯ\nДАТА РАСЧЁТА 20\.11\.2026/);
});

test("no line of text is wider than the paper", () => {
  const widest = Math.max(
    ...paperText(paper(PRINTED))
      .split("\n")
      .map(({ length }) => length),
  );
  assert.ok(widest <= 42, String(widest));
});

test("an X report shows income by payment and the cash in the drawer", () => {
  const income = { count: 2, total: "1500.00", cash: "500.00", electronically: "1000.00" };
  const totals = { receiptsCount: 2, income, cashInDrawer: "500.00" };
  const text = paperText(reportPaper({ report: "x", shift: 3, totals, time: "" })).replace(
    / +/g,
    " ",
  );
  assert.match(text, /ПРИХОД \(2\) =1500\.00\n НАЛИЧНЫМИ =500\.00\n БЕЗНАЛИЧНЫМИ =1000\.00/);
  assert.match(text, /В КАССЕ =500\.00/);
});
