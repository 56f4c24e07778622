// Logging in, the second factor, and waiting.
import { h } from "./dom.js";
import { field, form, heading, hint, link, primary } from "./parts.js";

/**
 * @typedef {import("./parts.js").Ui} Ui
 * @typedef {import("./parts.js").Screen} Screen
 * @typedef {import("./parts.js").Shown} Shown
 */

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function login(ui, screen) {
  const platform = screen.provider.platform;
  return {
    back: screen.back ? "back" : screen.another ? "another" : null,
    body: [
      ...heading(ui.say("login.title", { platform }), ui.say("login.more", { org: ui.frame.orgName })),
      form(
        ui,
        "login",
        "submit",
        ...screen.fields.map((/** @type {Record<string, string>} */ asked) =>
          field(ui, {
            key: asked.key,
            label: ui.say(`field.${asked.label}`, { platform }),
            type: asked.type,
            autocomplete: asked.autocomplete,
            problem: screen.problems[asked.key],
          }),
        ),
      ),
      hint(ui, screen.hint),
      screen.another ? h("div", { class: "others" }, link(ui.say("login.another"), () => void ui.act("another"))) : null,
    ],
    foot: [primary(ui.say("continue"), { form: "login" })],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function mfa(ui, screen) {
  return {
    back: "back",
    body: [
      ...heading(ui.say("mfa.title"), ui.say("mfa.more", { platform: screen.provider.platform })),
      form(
        ui,
        "mfa",
        "submit",
        field(ui, { key: "code", label: ui.say("field.code"), autocomplete: "one-time-code", problem: screen.problems.code }),
      ),
      hint(ui, screen.hint),
    ],
    foot: [primary(ui.say("continue"), { form: "mfa" })],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function processing(ui, screen) {
  const name = screen.provider?.platform ?? ui.frame.orgName;
  return {
    centered: true,
    body: [
      h("div", { class: "spinner", "aria-hidden": "true" }),
      ...heading(ui.say("processing.title", { name }), ui.say("processing.more")),
      h("span", { class: "unseen", role: "status" }, ui.say("processing.title", { name })),
    ],
  };
}

/** @type {Record<string, (ui: Ui, screen: Screen) => Shown>} */
export const LOGINS = { login, mfa, processing };
