// Puts the page together.

import { Api, Tokens } from "./api.js";
import { PendingSale, uuid4 } from "./pending_sale.js";
import { Till } from "./till.js";
import { AttentionView } from "./views/attention_view.js";
import { ask } from "./views/dialog_view.js";
import { HeaderView } from "./views/header_view.js";
import { ReceiptsView } from "./views/receipts_view.js";
import { SaleView } from "./views/sale_view.js";
import { ShiftView } from "./views/shift_view.js";
import { SwitchboardView } from "./views/switchboard_view.js";

const TOKEN_WORDS = {
  pos: "Введите токен кассы. Он записан в файле токенов на этом компьютере.",
  admin: "Для этого действия нужен токен старшего.",
};

const tokens = new Tokens(sessionStorage);
let asked = null;

/** Many requests may be turned away at once; the person is asked one time. */
function askToken(role) {
  asked ??= enterToken(role).finally(() => (asked = null));
  return asked;
}

async function enterToken(role) {
  const answer = await ask({
    title: "Нужен токен",
    text: TOKEN_WORDS[role],
    fields: [{ name: "token", label: "Токен", type: "password", required: true }],
    confirm: "Войти",
    // Without the till's own token the page can show nothing at all.
    mandatory: role === "pos",
  });
  if (answer) tokens.set(role, answer.token);
  return Boolean(answer);
}

const api = new Api({ fetch: (...call) => fetch(...call), tokens, askToken });
const pending = new PendingSale(localStorage, () =>
  uuid4((bytes) => crypto.getRandomValues(bytes)),
);
const till = new Till({ api, pending, memory: sessionStorage });

for (const button of document.querySelectorAll("[data-tab-button]")) {
  button.addEventListener("click", () => till.show(button.dataset.tabButton));
}

till.start({
  header: new HeaderView(till),
  sale: new SaleView(till),
  receipts: new ReceiptsView(till),
  attention: new AttentionView(till),
  shift: new ShiftView(till),
  switchboard: new SwitchboardView(till),
});
