// Numbers, ages and moments in Russian words.

/** plural(2, "чек", "чека", "чеков") → "чека". */
export function plural(count, one, few, many) {
  const tens = Math.abs(count) % 100;
  const units = tens % 10;
  if (tens > 10 && tens < 20) return many;
  if (units === 1) return one;
  return units >= 2 && units <= 4 ? few : many;
}

export function counted(count, one, few, many) {
  return `${count} ${plural(count, one, few, many)}`;
}

/** 11100 → "3 ч 05 мин"; the two largest units are enough for a glance. */
export function age(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} с`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} мин`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} ч ${String(minutes % 60).padStart(2, "0")} мин`;
  return `${Math.floor(hours / 24)} дн ${hours % 24} ч`;
}

const MOMENT = new Intl.DateTimeFormat("ru-RU", {
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** A moment (ISO text or Unix seconds) in the time zone of this screen. */
export function moment(value) {
  const date = new Date(typeof value === "number" ? value * 1000 : value);
  return Number.isNaN(date.getTime()) ? String(value ?? "") : MOMENT.format(date).replace(",", "");
}

/** The clock on the wall as the register printed it: the offset of the ISO text is not applied. */
export function wallClock(iso) {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2})/.exec(String(iso ?? ""));
  return match ? `${match[3]}.${match[2]}.${match[1]} ${match[4]}` : "";
}
