// The Link page: it opens a session for a token, shows the screen that the session is at, and passes its events on.
import { Host } from "./host.js";
import { badge, h, icon } from "./dom.js";
import { SCREENS } from "./screens.js";
import { sayIn } from "./texts.js";

/**
 * @typedef {import("./parts.js").Screen} Screen
 * @typedef {{session?: string | null, frame?: import("./parts.js").Ui["frame"], screen: Screen, exit?: object,
 *   events: {eventName: string, payload: object | null}[], finished: boolean, returnTo?: string | null}} Answer
 */

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
const host = new Host(start, escape, focusEdge, () => void close(true));

/** @type {string | null} */
let session = null;
/** @type {Answer | null} */
let current = null;
let busy = false;
let step = "";
// Whoever closed Link while a step was on its way, or before the first, need not do it again.
/** @type {Record<string, unknown> | null} */
let closing = null;
// Requests are counted, so that an answer which comes late does not put an older screen over a newer one.
let asked = 0;
let shown = 0;
let frame = { orgName: "", language: "en", purpose: "income" };
let say = sayIn("en");

/** @type {import("./parts.js").Ui} */
const ui = {
  get say() {
    return say;
  },
  get frame() {
    return frame;
  },
  act,
  upload,
};

/** @param {Record<string, any>} init What PINWHEEL_INIT carries. */
async function start(init) {
  document.documentElement.classList.toggle("dark", Boolean(init.useDarkMode));
  const { major = 3, minor = 0, patch = 0 } = init.version ?? {};
  const sdk = { name: String(init.sdk ?? "web"), major, minor, patch };
  const answer = await send("/_link/sessions", { token: String(init.linkToken ?? ""), sdk });
  if (!answer) return;
  session = answer.session ?? null;
  frame = answer.frame ?? frame;
  say = sayIn(frame.language);
  document.documentElement.lang = frame.language;
  take(answer);
  closeNow();
}

/** @param {string} action @param {Record<string, unknown>} [values] */
async function act(action, values = {}) {
  if (!session) {
    // The token opened nothing: all that can be done is to leave.
    if (current?.exit) finish([{ eventName: "exit", payload: current.exit }], current.returnTo);
    else if (action === "close") closing = values;
    return;
  }
  // One at a time, so that a double click is one; but nobody waits for a search to type or to pick. A search is not
  // sent after a pick: answered first, it would be taken for the newer one.
  const searching = action === "search";
  if (busy) {
    if (action === "close" && (step !== "close" || values.programmatic)) closing = values;
    return;
  }
  const mine = ++asked;
  busy ||= !searching;
  if (!searching) step = action;
  const answer = await send(`/_link/sessions/${session}`, { action, values });
  if (!searching) busy = false;
  if (answer) take(answer, action, mine);
  closeNow();
}

function closeNow() {
  const values = closing;
  closing = null;
  if (values && !current?.finished) void act("close", values);
}

// As the server has it: larger files are not even sent.
const MOST_BYTES = 10_000_000;

/** @param {File} file */
async function upload(file) {
  if (file.size > MOST_BYTES && current) {
    show({ ...current.screen, problems: { file: "tooLarge" } }, current.screen);
    return;
  }
  const answer = await request(`/_link/sessions/${session}/files`, file, { "x-file-name": encodeURIComponent(file.name) });
  if (answer) take(answer, "upload");
}

/** @param {string} path @param {object} body */
function send(path, body) {
  return request(path, JSON.stringify(body), { "content-type": "application/json" });
}

/**
 * @param {string} path @param {BodyInit} body @param {Record<string, string>} headers
 * @returns {Promise<Answer | null>}
 */
async function request(path, body, headers) {
  try {
    const answer = await fetch(path, { method: "POST", body, headers });
    if (!answer.ok) throw new Error(String(answer.status));
    return await answer.json();
  } catch {
    const error = { type: "networkError", code: "networkError", message: "The server cannot be reached.", pendingRetry: false };
    busy = false;
    host.tell("error", error);
    session = null;
    take({ screen: { kind: "fatal", error, problems: {} }, events: [], exit: error, finished: false });
    return null;
  }
}

/** @param {Answer} answer @param {string} [action] @param {number} [place] */
function take(answer, action, place = ++asked) {
  if (place < shown) {
    // Overtaken: another screen is up already.
    for (const { eventName, payload } of answer.events) host.tell(eventName, payload);
    return;
  }
  shown = place;
  const before = current?.screen;
  current = answer;
  if (answer.finished) {
    finish(answer.events, answer.returnTo);
    return;
  }
  for (const { eventName, payload } of answer.events) host.tell(eventName, payload);
  const card = app.querySelector(".card");
  if (action === "search" && card?.querySelector("#results")) {
    card.setAttribute("data-screen", answer.screen.kind);
    SCREENS.search.refresh(ui, answer.screen);
  } else show(answer.screen, before);
  // Not from a screen that came over it: the answer would put that screen up anew, under the user's hands.
  if (answer.screen.kind === "processing") setTimeout(() => current === answer && void act("poll"), 700);
}

/** @param {Answer["events"]} events @param {string | null} [returnTo] */
function finish(events, returnTo) {
  for (const { eventName, payload } of events) host.tell(eventName, payload);
  if (host.token) show({ kind: "closed", problems: {} }, current?.screen);
  host.close(returnTo);
}

/** @param {Screen} screen @param {Screen | undefined} before */
function show(screen, before) {
  const parts = (SCREENS[screen.kind] ?? SCREENS.fatal).show(ui, screen);
  const back = parts.back;
  const provider = screen.provider && !parts.centered ? [badge(screen.provider.name), h("span", {}, screen.provider.name)] : [];
  const card = h(
    "div",
    { class: "card", role: "dialog", "aria-modal": "true", "aria-label": "Pinwheel Link", "data-screen": screen.kind },
    h(
      "header",
      {},
      back
        ? h("button", { class: "round", type: "button", "aria-label": say("back"), onclick: () => void act(back) }, icon("back"))
        : h("span", { class: "round" }),
      h("div", { class: "provider" }, ...provider),
      screen.kind === "closed" ? h("span") : h("button", { class: "round", type: "button", "aria-label": "Close Button", onclick: () => void close() }, icon("close")),
    ),
    h("main", { class: parts.centered ? "centered" : null }, ...parts.body),
    parts.foot ? h("footer", {}, ...parts.foot) : null,
  );
  if (before?.kind !== screen.kind) card.classList.add("entering");
  app.replaceChildren(card);
  document.documentElement.classList.add("shown");
  focusFirst(card, before?.kind !== screen.kind);
}

/** @param {HTMLElement} card @param {boolean} fresh Where the user looks first: what is wrong, what to type, the title. */
function focusFirst(card, fresh) {
  const wrong = card.querySelector("[aria-invalid]");
  const typed = fresh ? card.querySelector("input[type=text], input[type=password], input[type=search]") : null;
  const first = wrong ?? typed ?? card.querySelector("h1");
  if (first instanceof HTMLElement) first.focus({ preventScroll: true });
}

/** @param {boolean} [programmatic] */
async function close(programmatic = false) {
  await act("close", programmatic ? { programmatic: "yes" } : {});
}

function escape() {
  void (current?.screen.kind === "exit_confirmation" ? act("stay") : close());
}

/** @param {boolean} last */
function focusEdge(last) {
  const stops = [...app.querySelectorAll("button, input, select, a[href], [tabindex='0']")];
  const edge = last ? stops.at(-1) : stops[0];
  if (edge instanceof HTMLElement) edge.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") escape();
});
host.listen();
if (host.token) void start({ linkToken: host.token, version: { major: 4, minor: 0, patch: 0 } });
