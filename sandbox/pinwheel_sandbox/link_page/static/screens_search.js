// The intro, and finding the employer or the payroll provider.
import { badge, h, icon } from "./dom.js";
import { emblem, heading, link, primary, row, secondary, waysOut } from "./parts.js";

/**
 * @typedef {import("./parts.js").Ui} Ui
 * @typedef {import("./parts.js").Screen} Screen
 * @typedef {import("./parts.js").Shown} Shown
 */

/** @param {Ui} ui @param {Screen} screen @returns {Shown} Platform matching found the employer: only a yes is missing. */
function matched(ui, screen) {
  const { name, detail } = screen.match;
  const found = h("div", { class: "found" }, badge(name), h("span", { class: "words" }, h("strong", {}, name), h("small", {}, detail)));
  return {
    centered: true,
    body: [
      emblem("check", "plain"),
      ...heading(ui.say("match.title"), ui.say(screen.partner ? "match.partner" : "match.login", { org: ui.frame.orgName })),
      found,
    ],
    foot: [
      h("p", { class: "small" }, ui.say("intro.terms")),
      primary(ui.say("continue"), { onclick: () => void ui.act("continue") }),
      secondary(ui.say("match.another"), () => void ui.act("another")),
    ],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function intro(ui, screen) {
  if (screen.match) return matched(ui, screen);
  const bills = ["bill", "manager"].includes(ui.frame.purpose);
  const points = /** @type {const} */ ([
    ["lock", "private"],
    ["shield", "control"],
  ]);
  return {
    centered: true,
    body: [
      h("div", { class: "pair", "aria-hidden": "true" }, badge(ui.frame.orgName), emblem(bills ? "card" : "bank", "plain")),
      ...heading(ui.say(`intro.${ui.frame.purpose}`, { org: ui.frame.orgName })),
      h(
        "ul",
        { class: "points" },
        ...points.map(([drawn, key]) =>
          h("li", {}, icon(drawn), h("div", {}, h("strong", {}, ui.say(`intro.${key}`)), h("p", {}, ui.say(`intro.${key}.more`, { org: ui.frame.orgName })))),
        ),
      ),
    ],
    foot: [h("p", { class: "small" }, ui.say("intro.terms")), primary(ui.say("continue"), { onclick: () => void ui.act("continue") })],
  };
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function search(ui, screen) {
  waiting = null;
  const only = screen.kind === "search_platforms";
  const merchant = ui.frame.purpose === "bill";
  const title = ui.say(merchant ? "search.merchant" : only ? "search.platform" : "search.employer");
  const input = h("input", {
    id: "query",
    type: "search",
    value: screen.query,
    maxlength: 80,
    autocomplete: "off",
    spellcheck: "false",
    placeholder: ui.say(merchant ? "search.merchant.hint" : only ? "search.platform.hint" : "search.hint"),
    "aria-label": title,
    "aria-controls": "results",
    oninput: () => {
      clearTimeout(typing);
      // Whoever has gone on to another screen meanwhile does not search any more.
      typing = setTimeout(() => input.isConnected && void ui.act("search", { query: input.value }), 180);
    },
  });
  return {
    back: only ? "everything" : null,
    body: [
      ...heading(title),
      h("div", { class: "input searching" }, icon("search"), input),
      h("p", { class: "caption", id: "caption", "aria-live": "polite" }, caption(ui, screen)),
      h("ul", { class: "results", id: "results" }, ...rows(ui, screen)),
      h(
        "div",
        { class: "others" },
        only || merchant ? null : link(ui.say("search.byPlatform"), () => void ui.act("platforms_only", { query: input.value })),
        ...waysOut(ui, screen),
      ),
    ],
  };
}

// Results that come while somebody presses on one of the old ones wait: the press would be lost with what is under it.
let pressed = false;
/** @type {(() => void) | null} */
let waiting = null;
addEventListener("pointerdown", () => (pressed = true));
for (const released of ["pointerup", "pointercancel"]) {
  addEventListener(released, () => {
    pressed = false;
    setTimeout(() => {
      waiting?.();
      waiting = null;
    });
  });
}

/** Put new results under the input, which keeps its focus. @param {Ui} ui @param {Screen} screen */
export function refreshResults(ui, screen) {
  if (pressed) {
    waiting = () => refreshResults(ui, screen);
    return;
  }
  document.getElementById("results")?.replaceChildren(...rows(ui, screen));
  const line = document.getElementById("caption");
  if (line) line.textContent = caption(ui, screen);
}

/** @param {Ui} ui @param {Screen} screen */
function caption(ui, screen) {
  if (screen.results.length === 0) return ui.say("search.none", { query: screen.query });
  if (!screen.query) return ui.say("search.popular");
  const count = screen.results.length;
  return ui.say(count === 1 ? "search.foundOne" : "search.found", { count: String(count) });
}

/** @param {Ui} ui @param {Screen} screen @param {string} [action] */
function rows(ui, screen, action = "select") {
  return screen.results.map((/** @type {Record<string, string>} */ entry) =>
    row(entry.name, entry.kind === "employer" ? entry.detail : ui.say(`type.${entry.detail}`), () => void ui.act(action, { id: entry.id })),
  );
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function providerConfirmation(ui, screen) {
  return {
    back: "back",
    body: [
      ...heading(ui.say("provider.title"), ui.say("provider.more", { name: screen.provider.name })),
      h("ul", { class: "results" }, ...rows(ui, screen, "confirm")),
    ],
  };
}

/** @type {Record<string, (ui: Ui, screen: Screen) => Shown>} */
export const BEGINNING = {
  intro,
  search,
  search_results: search,
  search_platforms: search,
  provider_confirmation: providerConfirmation,
};
