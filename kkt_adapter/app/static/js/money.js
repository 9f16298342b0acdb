// Money on this page is whole kopecks; roubles appear only in what people read and in requests.

const THIN_SPACE = "\u202f";

/** "1 234,50", "1234.5" or 1234.5 → 123450; null when it is not an amount of money. */
export function kopecks(value) {
  const text = String(value ?? "")
    .replace(/[\s\u202f\u00a0₽]/g, "")
    .replace(",", ".");
  const match = /^(-?)(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole, fraction = ""] = match;
  const sum = Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
  return sign ? -sum : sum;
}

/** 123450 → "1234.50", as a receipt prints it. */
export function plain(sum) {
  const digits = String(Math.abs(sum)).padStart(3, "0");
  return `${sum < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** 123450 → "1 234,50 ₽" with spaces that never break a line. */
export function rub(sum) {
  const [whole, fraction] = plain(Math.abs(sum)).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
  return `${sum < 0 ? "−" : ""}${grouped},${fraction}${THIN_SPACE}₽`;
}

/** 123450 → 1234.5, the decimal number of a request. */
export function roubles(sum) {
  return Number(plain(sum));
}
