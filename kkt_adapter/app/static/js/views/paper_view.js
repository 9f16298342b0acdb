// Paper on the screen, on the clipboard and on the office printer.

import { paper, paperText } from "../paper.js";
import { h } from "./dom.js";

export function paperElement(lines, qr = null) {
  return h(
    "div",
    { class: "paper" },
    lines.map((line) => row(line, qr)),
  );
}

/** The receipt with its QR code, which comes from the adapter as a picture. */
export async function receiptPaper(api, receipt) {
  const qr = receipt.fiscal_doc ? await qrPicture(api, receipt.receipt_id) : null;
  return paperElement(paper(receipt), qr);
}

/** Buttons «Копировать» and «Печать» for some paper. */
export function paperActions(till, element, lines) {
  return [
    h("button", { class: "btn", onclick: () => copy(till, lines) }, "Копировать"),
    h("button", { class: "btn", onclick: () => print(element) }, "Печать"),
  ];
}

function row({ kind, left, right, style }, qr) {
  if (kind === "rule") return h("hr");
  if (kind === "qr") return qr;
  const classes = `line ${kind}${style ? ` ${style}` : ""}`;
  if (!right) return h("p", { class: classes }, left);
  return h("p", { class: classes }, h("span", {}, left), h("span", {}, right));
}

async function copy(till, lines) {
  const area = h("textarea", { class: "offscreen", readonly: true });
  area.value = paperText(lines);
  document.body.append(area);
  area.select();
  // navigator.clipboard is missing on plain http outside loopback; this works everywhere.
  const copied = document.execCommand("copy");
  area.remove();
  till.say(copied ? "Чек скопирован." : "Браузер не дал скопировать чек.", copied ? "ok" : "bad");
}

function print(element) {
  const sheet = document.getElementById("print-sheet");
  sheet.replaceChildren(element.cloneNode(true));
  window.print();
}

/** Only shapes are taken over, so nothing in the picture can run. */
async function qrPicture(api, receiptId) {
  const text = await api.text(`/v1/kkt/receipts/${encodeURIComponent(receiptId)}/qr.svg`);
  const source = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (source.localName !== "svg") return null;
  const svg = shape(source);
  if (!svg.hasAttribute("viewBox")) {
    const [width, height] = ["width", "height"].map((name) => parseFloat(svg.getAttribute(name)));
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }
  svg.setAttribute("class", "qr");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "QR-код чека");
  return svg;
}

const SHAPES = new Set(["svg", "g", "path", "rect"]);
const GEOMETRY = ["viewBox", "width", "height", "x", "y", "d", "transform", "fill", "stroke"];

function shape(source) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", source.localName);
  for (const name of [...GEOMETRY, "stroke-width"]) {
    if (source.hasAttribute(name)) drawn.setAttribute(name, source.getAttribute(name));
  }
  drawn.append(...[...source.children].filter((one) => SHAPES.has(one.localName)).map(shape));
  return drawn;
}
