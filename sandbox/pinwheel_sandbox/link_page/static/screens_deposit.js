// How much of the pay to switch and where to; which card to put on file.
import { h } from "./dom.js";
import { choices, dollars, facts, field, form, heading, lastTyped, primary } from "./parts.js";

/**
 * @typedef {import("./parts.js").Ui} Ui
 * @typedef {import("./parts.js").Screen} Screen
 * @typedef {import("./parts.js").Shown} Shown
 * @typedef {{name: string, type: string, lastFour: string}} Target
 */

/** @param {Ui} ui @param {Target} target */
function described(ui, target) {
  return `${ui.say(`account.${target.type}`)} ····\u00a0${target.lastFour}`;
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function amount(ui, screen) {
  const several = screen.targets.length > 1;
  const kinds = /** @type {string[]} */ (screen.kinds);
  const part = kinds.find((kind) => kind !== "full") ?? "";
  /** @type {Record<string, string>} */
  const typed = { amount: ui.say("amount.amount"), percentage: ui.say("amount.percentage") };
  let pointed = false;
  const boxes = h("div", { class: "share" });
  const draw = () => {
    const unit = String(new FormData(asked).get("kind"));
    // Right under the choice that it belongs to.
    asked.querySelector(`input[value="${unit}"]`)?.closest(".choice")?.after(boxes);
    boxes.replaceChildren(
      ...(unit in typed
        ? [
            field(ui, {
              key: "value",
              label: typed[unit],
              mode: "decimal",
              before: unit === "amount" ? "$" : "%",
              problem: screen.problems.value,
              value: screen.problems.value ? lastTyped("share", "value") : undefined,
              limit: 12,
            }),
            h("p", { class: "caption" }, unit === "amount" ? ui.say("amount.range", { least: dollars(ui, screen.least), most: dollars(ui, screen.most) }) : ui.say("amount.percentRange")),
          ]
        : []),
    );
  };
  const asked = form(
    ui,
    "share",
    "submit",
    kinds.length > 1
      ? choices("kind", ui.say("amount.legend"), kinds.map((kind) => ({ value: kind, title: ui.say(`amount.kind.${kind}`), detail: ui.say(`amount.kind.${kind}.more`) })), screen.problems.value ? kept : "full")
      : h("input", { type: "hidden", name: "kind", value: "full" }),
    boxes,
    several
      ? choices("target", ui.say("amount.target"), screen.targets.map((/** @type {Target} */ target, /** @type {number} */ place) => ({ value: String(place), title: target.name, detail: described(ui, target) })), "0")
      : null,
  );
  asked.addEventListener("change", (event) => {
    if (/** @type {HTMLInputElement} */ (event.target).name !== "kind") return;
    kept = /** @type {HTMLInputElement} */ (event.target).value;
    screen.problems = {};
    draw();
    const typing = boxes.querySelector("input");
    // Only when it was pointed at: with the arrow keys the next choice may be what is wanted.
    if (pointed) typing?.focus();
    typing?.scrollIntoView({ block: "nearest" });
  });
  asked.addEventListener("pointerdown", () => (pointed = true));
  asked.addEventListener("keydown", () => (pointed = false));
  draw();
  const fixed = screen.fixed ? ui.say("amount.fixed", { amount: dollars(ui, screen.fixed) }) : null;
  const title = ui.say(kinds.length > 1 && part ? "amount.title" : "amount.targetTitle");
  return { body: [...heading(title, fixed ?? ui.say("amount.more", { org: ui.frame.orgName })), asked], foot: [primary(ui.say("continue"), { form: "share" })] };
}

// What was chosen when the server found something wrong: the screen is drawn anew then.
let kept = "full";

/** @param {Ui} ui @param {Screen} screen @returns {[string, string][]} */
export function summary(ui, screen) {
  const { kind, value } = screen.choice;
  const share = kind === "amount" ? dollars(ui, value) : kind === "percentage" ? `${value} %` : ui.say(`amount.kind.${kind}`);
  return [
    [ui.say("confirm.from"), screen.provider.name],
    [ui.say("confirm.share"), share],
    [ui.say("confirm.to"), `${screen.target.name} · ${described(ui, screen.target)}`],
  ];
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function confirm(ui, screen) {
  return {
    back: screen.change ? "back" : null,
    body: [...heading(ui.say("confirm.title"), ui.say("confirm.more", { platform: screen.provider.platform })), facts(summary(ui, screen))],
    foot: [h("p", { class: "small" }, ui.say("confirm.terms")), primary(ui.say("confirm.button"), { onclick: () => void ui.act("submit") })],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function bankAccount(ui, screen) {
  const asked = /** @type {const} */ ([
    ["routing_number", 9],
    ["account_number", 17],
  ]);
  return {
    body: [
      ...heading(ui.say("bank.title"), ui.say("bank.more")),
      form(
        ui,
        "bank",
        "submit",
        ...asked.map(([key, limit]) => field(ui, { key, label: ui.say(`field.${key}`), mode: "numeric", limit, problem: screen.problems[key] })),
        choices("type", ui.say("bank.type"), ["checking", "savings"].map((type) => ({ value: type, title: ui.say(`account.${type}`) })), "checking"),
      ),
    ],
    foot: [primary(ui.say("continue"), { form: "bank" })],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function card(ui, screen) {
  return {
    back: screen.back ? "back" : null,
    body: [
      ...heading(ui.say("card.title"), ui.say("card.more", { name: screen.provider.name })),
      form(ui, "card", "submit", choices("card", ui.say("card.legend"), screen.cards.map((/** @type {string} */ title, /** @type {number} */ place) => ({ value: String(place), title })), "0")),
    ],
    foot: [primary(ui.say("card.button"), { form: "card" })],
  };
}

/** @type {Record<string, (ui: Ui, screen: Screen) => Shown>} */
export const DEPOSITS = { amount, confirm, bank_account: bankAccount, card };
