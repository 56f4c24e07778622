// The pieces that screens are put together from.
import { badge, h, icon } from "./dom.js";

/**
 * @typedef {import("./dom.js").Child} Child
 * @typedef {(key: string, values?: Record<string, string>) => string} Say
 * @typedef {Record<string, any>} Screen
 * @typedef {object} Ui
 * @property {Say} say
 * @property {{orgName: string, language: string, purpose: string}} frame
 * @property {(action: string, values?: Record<string, unknown>) => Promise<void>} act
 * @property {(file: File) => Promise<void>} upload
 * @typedef {{label?: string, body: Child[], foot?: Child[], centered?: boolean, back?: string | null}} Shown
 */

/** @param {string} text @param {string} [more] @returns {Child[]} */
export function heading(text, more) {
  return [h("h1", { tabindex: "-1" }, text), more ? h("p", { class: "lead" }, more) : null];
}

/** @param {string} text @param {{onclick?: () => void, form?: string}} [how] */
export function primary(text, how = {}) {
  return h("button", { class: "button primary", type: how.form ? "submit" : "button", ...how }, text);
}

/** @param {string} text @param {() => void} onclick @param {string} [label] */
export function secondary(text, onclick, label) {
  return h("button", { class: "button secondary", type: "button", onclick, "aria-label": label }, text);
}

/** @param {string} text @param {() => void} onclick */
export function link(text, onclick) {
  return h("button", { class: "link", type: "button", onclick }, text);
}

/** @param {string} name @param {string} detail @param {() => void} onclick One of several to pick. */
export function row(name, detail, onclick) {
  const words = h("span", { class: "words" }, h("strong", {}, name), h("small", {}, detail));
  return h("li", {}, h("button", { class: "row", type: "button", onclick }, badge(name), words, icon("next")));
}

/** @param {Ui} ui @param {number} value */
export function dollars(ui, value) {
  return new Intl.NumberFormat(ui.frame.language === "es" ? "es-US" : "en-US", { style: "currency", currency: "USD" }).format(value);
}

/** @param {"check" | "alert" | "clock" | "shield" | "bank" | "card"} name @param {string} tone */
export function emblem(name, tone) {
  return h("div", { class: `emblem ${tone}` }, icon(name));
}

/**
 * A labelled input with its problem beneath it.
 * @param {Ui} ui
 * @param {{key: string, label: string, type?: string, autocomplete?: string, problem?: string, value?: string,
 *   mode?: string, before?: string, limit?: number}} field
 */
export function field(ui, { key, label, type = "text", autocomplete = "off", problem, value, mode, before, limit = 200 }) {
  const wrong = `${key}-problem`;
  const input = h("input", {
    id: key,
    name: key,
    type,
    autocomplete,
    autocapitalize: "none",
    spellcheck: "false",
    inputmode: mode,
    maxlength: limit,
    value,
    "aria-invalid": problem ? "true" : null,
    "aria-describedby": problem ? wrong : null,
  });
  const show =
    type === "password"
      ? h("button", { class: "peek", type: "button", "aria-label": ui.say("showPassword"), "aria-pressed": "false" }, icon("eye"))
      : null;
  show?.addEventListener("click", () => {
    const hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    show.setAttribute("aria-pressed", String(hidden));
  });
  return h(
    "div",
    { class: problem ? "field wrong" : "field" },
    h("label", { for: key }, label),
    h("div", { class: "input" }, before ? h("span", { class: "before", "aria-hidden": "true" }, before) : null, input, show),
    problem ? h("p", { class: "problem", id: wrong }, icon("alert"), ui.say(`problem.${problem}`)) : null,
  );
}

/**
 * A form whose texts are sent as they are typed.
 * @param {Ui} ui @param {string} id @param {string} action @param {...Child} children
 */
export function form(ui, id, action, ...children) {
  /** @param {SubmitEvent} event */
  const onsubmit = (event) => {
    event.preventDefault();
    const sent = new FormData(/** @type {HTMLFormElement} */ (event.target));
    last = { id, sent };
    void ui.act(action, Object.fromEntries(sent));
  };
  const made = h("form", { id, novalidate: true, autocomplete: "off", onsubmit }, ...children);
  if (last.id === id) refill(made, last.sent);
  return made;
}

// What was sent last: when the server finds something wrong in it, nobody has to type the rest again.
/** @type {{id: string, sent: FormData}} */
let last = { id: "", sent: new FormData() };

/** @param {string} id @param {string} name @returns {string | undefined} What was typed into a field that is drawn later. */
export function lastTyped(id, name) {
  const value = last.id === id ? last.sent.get(name) : null;
  return typeof value === "string" ? value : undefined;
}

/** @param {HTMLFormElement} made @param {FormData} sent Passwords are typed anew, and so are codes. */
function refill(made, sent) {
  for (const input of made.querySelectorAll("input")) {
    const value = sent.get(input.name);
    if (typeof value !== "string" || input.type === "password" || input.name === "code") continue;
    if (input.type === "radio") input.checked = input.value === value;
    else input.value = value;
  }
}

/**
 * A choice of one among several, as large rows.
 * @param {string} name @param {string} legend
 * @param {{value: string, title: string, detail?: string, icon?: string}[]} options @param {string} chosen
 */
export function choices(name, legend, options, chosen) {
  return h(
    "fieldset",
    { class: "choices" },
    h("legend", {}, legend),
    ...options.map((option) =>
      h(
        "label",
        { class: "choice" },
        h("input", { type: "radio", name, value: option.value, checked: option.value === chosen }),
        h("span", { class: "words" }, h("strong", {}, option.title), option.detail ? h("small", {}, option.detail) : null),
      ),
    ),
  );
}

/** @param {Ui} ui @param {string[]} words What works in the sandbox, for the developer who sees this page. */
export function hint(ui, words) {
  const shown = words.flatMap((word, place) => [place ? ` ${ui.say("and")} ` : "", h("code", {}, word)]);
  return h("p", { class: "hint" }, h("b", {}, ui.say("sandbox")), h("span", {}, `${ui.say("use")} `, ...shown));
}

/** @param {[string, string][]} rows */
export function facts(rows) {
  return h("dl", { class: "facts" }, ...rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
}

/** @param {Ui} ui @param {Screen} screen The other ways, where the token has them. */
export function waysOut(ui, screen) {
  return [
    screen.upload ? secondary(ui.say("uploadInstead"), () => void ui.act("upload")) : null,
    screen.form ? secondary(ui.say("formInstead"), () => void ui.act("form")) : null,
  ];
}
