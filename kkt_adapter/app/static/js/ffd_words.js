// The words that FFD 1.2 prescribes for codes on a printed receipt.

export const OPERATION = {
  1: "ПРИХОД",
  2: "ВОЗВРАТ ПРИХОДА",
  3: "РАСХОД",
  4: "ВОЗВРАТ РАСХОДА",
};

export const TAX_SYSTEM = {
  1: "ОСН",
  2: "УСН доход",
  4: "УСН доход - расход",
  16: "ЕСХН",
  32: "Патент",
};

// Tag 1199: [name in requests, words on paper].
export const VAT = {
  1: ["vat20", "НДС 20%"],
  2: ["vat10", "НДС 10%"],
  3: ["vat120", "НДС 20/120"],
  4: ["vat110", "НДС 10/110"],
  5: ["vat0", "НДС 0%"],
  6: ["none", "НДС не облагается"],
  7: ["vat5", "НДС 5%"],
  8: ["vat7", "НДС 7%"],
  9: ["vat105", "НДС 5/105"],
  10: ["vat107", "НДС 7/107"],
  11: ["vat22", "НДС 22%"],
  12: ["vat122", "НДС 22/122"],
};

/** The rate as a price list shows it. */
export function vatWords(name) {
  if (name === "none") return "без НДС";
  const found = Object.values(VAT).find(([known]) => known === name);
  return found ? found[1] : String(name ?? "");
}

export const METHOD = {
  1: "ПРЕДОПЛАТА 100%",
  2: "ПРЕДОПЛАТА",
  3: "АВАНС",
  4: "ПОЛНЫЙ РАСЧЁТ",
  5: "ЧАСТИЧНЫЙ РАСЧЁТ И КРЕДИТ",
  6: "ПЕРЕДАЧА В КРЕДИТ",
  7: "ОПЛАТА КРЕДИТА",
};

export const SUBJECT = {
  1: "ТОВАР",
  3: "РАБОТА",
  4: "УСЛУГА",
  10: "ПЛАТЁЖ",
  19: "ЗАЛОГ",
  32: "ТНМ",
  33: "ТМ",
};

export const UNIT = { 0: "шт" };

// [tag of the sum, words on paper, payment method in requests]
export const PAYMENTS = [
  ["1031", "НАЛИЧНЫМИ", "cash"],
  ["1081", "БЕЗНАЛИЧНЫМИ", "card"],
  ["1215", "ПРЕДВАРИТЕЛЬНАЯ ОПЛАТА (АВАНС)", "prepaid"],
  ["1216", "ПОСЛЕДУЮЩАЯ ОПЛАТА (КРЕДИТ)", "credit"],
  ["1217", "ИНАЯ ФОРМА ОПЛАТЫ", "barter"],
];

export const RECEIPT_VAT = [
  ["1102", "СУММА НДС 20%"],
  ["1103", "СУММА НДС 10%"],
  ["1106", "СУММА НДС 20/120"],
  ["1107", "СУММА НДС 10/110"],
  ["1104", "СУММА С НДС 0%"],
  ["1105", "СУММА БЕЗ НДС"],
];
