// The list of bills: agree, connect a bank, look at a bill, change it, and plan what is next.
import { badge, h, icon } from "./dom.js";
import { choices, dollars, emblem, facts, field, form, heading, link, primary, row, secondary } from "./parts.js";

/**
 * @typedef {import("./parts.js").Ui} Ui
 * @typedef {import("./parts.js").Screen} Screen
 * @typedef {import("./parts.js").Shown} Shown
 * @typedef {{id: string, name: string, cents: number, due: string, frequency: string, active: boolean,
 *   switched: boolean}} Bill
 */

/** @param {Ui} ui @param {string} day */
function shortDay(ui, day) {
  const locale = ui.frame.language === "es" ? "es-US" : "en-US";
  return new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", timeZone: "UTC" }).format(new Date(day));
}

/** @param {Ui} ui @param {Bill} bill */
function standing(ui, bill) {
  if (!bill.active) return ui.say("bill.inactive");
  return ui.say(bill.switched ? "bill.switched" : "bill.due", { day: shortDay(ui, bill.due) });
}

/** @param {Ui} ui @returns {Shown} */
function terms(ui) {
  const points = ["see", "switch", "leave"].map((key) => h("li", {}, icon("check"), h("p", {}, ui.say(`terms.${key}`, { org: ui.frame.orgName }))));
  return {
    centered: true,
    body: [emblem("card", "plain"), ...heading(ui.say("terms.title"), ui.say("terms.more")), h("ul", { class: "points" }, ...points)],
    foot: [h("p", { class: "small" }, ui.say("terms.small")), primary(ui.say("terms.button"), { onclick: () => void ui.act("submit") })],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function bank(ui, screen) {
  const banks = screen.banks.map((/** @type {{name: string, account: string}} */ bank, /** @type {number} */ place) => row(bank.name, bank.account, () => void ui.act("submit", { bank: place })));
  return {
    body: [...heading(ui.say("bank.find"), ui.say("bank.findMore", { org: ui.frame.orgName })), h("ul", { class: "results" }, ...banks)],
    foot: [secondary(ui.say("bank.skip"), () => void ui.act("skip"))],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function bills(ui, screen) {
  const monthly = screen.bills.map((/** @type {Bill} */ bill) =>
    h(
      "li",
      {},
      h(
        "button",
        { class: bill.active ? "row" : "row faded", type: "button", onclick: () => void ui.act("open", { id: bill.id }) },
        badge(bill.name),
        h("span", { class: "words" }, h("strong", {}, bill.name), h("small", {}, standing(ui, bill))),
        h("span", { class: "sum" }, dollars(ui, bill.cents / 100)),
        icon("next"),
      ),
    ),
  );
  return {
    body: [
      ...heading(ui.say("bills.title")),
      monthly.length ? h("ul", { class: "results" }, ...monthly) : h("p", { class: "nothing" }, ui.say("bills.none")),
      h(
        "div",
        { class: "others" },
        link(ui.say("bills.add"), () => void ui.act("add")),
        link(ui.say("bills.bank"), () => void ui.act("bank")),
        link(ui.say("bills.services"), () => void ui.act("services")),
        link(ui.say("bills.calendar"), () => void ui.act("calendar")),
      ),
    ],
    foot: [primary(ui.say("done"), { onclick: () => void ui.act("done") })],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function bill(ui, screen) {
  const shown = /** @type {Bill} */ (screen.bill);
  return {
    back: "back",
    body: [
      h("div", { class: "title" }, badge(shown.name), ...heading(shown.name)),
      facts([
        [ui.say("bill.amount"), dollars(ui, shown.cents / 100)],
        [ui.say("bill.frequency"), ui.say(`frequency.${shown.frequency}`)],
        [ui.say("bill.next"), shown.active ? shortDay(ui, shown.due) : ui.say("bill.inactive")],
      ]),
      h(
        "div",
        { class: "others" },
        link(ui.say("bill.edit"), () => void ui.act("edit")),
        shown.active ? link(ui.say("bill.markInactive"), () => void ui.act("inactive")) : null,
        link(ui.say("bill.remove"), () => void ui.act("remove")),
      ),
    ],
    foot: shown.active
      ? [primary(ui.say("bill.switch"), { onclick: () => void ui.act("switch") }), secondary(ui.say("bill.cancel"), () => void ui.act("cancel"))]
      : [],
  };
}

/** @param {string} key @param {string} label @param {[string, string][]} options @param {string} chosen */
function picker(key, label, options, chosen) {
  return h(
    "div",
    { class: "field" },
    h("label", { for: key }, label),
    h("div", { class: "input" }, h("select", { id: key, name: key }, ...options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)))),
  );
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function billForm(ui, screen) {
  const old = /** @type {Bill | null} */ (screen.bill);
  const merchants = screen.merchants.map((/** @type {{id: string, name: string}} */ entry) => [entry.id, entry.name]);
  const frequencies = screen.frequencies.map((/** @type {string} */ each) => [each, ui.say(`frequency.${each}`)]);
  return {
    back: "back",
    body: [
      ...heading(ui.say(old ? "billForm.edit" : "billForm.add"), old ? old.name : undefined),
      form(
        ui,
        `bill-${old ? old.id : "new"}`,
        "submit",
        old ? null : picker("platform", ui.say("billForm.merchant"), merchants, ""),
        field(ui, { key: "amount", label: ui.say("bill.amount"), mode: "decimal", before: "$", limit: 12, problem: screen.problems.amount, value: old ? (old.cents / 100).toFixed(2) : undefined }),
        picker("frequency", ui.say("bill.frequency"), frequencies, old ? old.frequency : "monthly"),
        field(ui, { key: "due", label: ui.say("bill.next"), type: "date", problem: screen.problems.due, value: old ? old.due : undefined }),
      ),
    ],
    foot: [primary(ui.say("billForm.save"), { form: `bill-${old ? old.id : "new"}` })],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function services(ui, screen) {
  const listed = screen.merchants.map((/** @type {{id: string, name: string}} */ entry) =>
    h("label", { class: "choice" }, badge(entry.name), h("span", { class: "words" }, h("strong", {}, entry.name)), h("input", { type: "checkbox", name: "chosen", value: entry.id, checked: screen.chosen.includes(entry.id) })),
  );
  const list = h("fieldset", { class: "choices" }, h("legend", { class: "unseen" }, ui.say("services.title")), ...listed);
  const chosen = () => [...list.querySelectorAll("input")].filter((input) => input.checked).map((input) => input.value);
  return {
    back: "back",
    body: [...heading(ui.say("services.title"), ui.say("services.more")), list],
    foot: [primary(ui.say("billForm.save"), { onclick: () => void ui.act("submit", { chosen: chosen() }) })],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function calendar(ui, screen) {
  const options = screen.calendars.map((/** @type {string} */ name, /** @type {number} */ place) => ({ value: String(place), title: ui.say(`calendar.${name}`) }));
  return {
    back: "back",
    body: [...heading(ui.say("calendar.title"), ui.say("calendar.more")), form(ui, "calendar", "submit", choices("calendar", ui.say("calendar.legend"), options, "0"))],
    foot: [primary(ui.say("calendar.button"), { form: "calendar" })],
  };
}

/** @type {Record<string, (ui: Ui, screen: Screen) => Shown>} */
export const BILLS = { terms, bank, bills, bill, bill_form: billForm, services, calendar };
