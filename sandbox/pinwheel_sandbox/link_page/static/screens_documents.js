// Documents: uploaded by the user, or the deposit form that Link fills in.
import { h, icon } from "./dom.js";
import { choices, emblem, field, form, heading, primary } from "./parts.js";

/**
 * @typedef {import("./parts.js").Ui} Ui
 * @typedef {import("./parts.js").Screen} Screen
 * @typedef {import("./parts.js").Shown} Shown
 */

const ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,application/pdf,image/jpeg,image/png,image/heic";

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function uploads(ui, screen) {
  const input = h("input", {
    class: "unseen",
    id: "file",
    type: "file",
    multiple: true,
    accept: ACCEPTED,
    "aria-describedby": screen.problems.file ? "file-problem" : null,
    onchange: () => void sendAll([...(input.files ?? [])]),
  });
  /** @param {File[]} files */
  const sendAll = async (files) => {
    for (const file of files) await ui.upload(file);
  };
  const drop = h(
    "label",
    {
      class: "drop",
      for: "file",
      ondragover: (/** @type {DragEvent} */ event) => event.preventDefault(),
      ondrop: (/** @type {DragEvent} */ event) => {
        event.preventDefault();
        void sendAll([...(event.dataTransfer?.files ?? [])]);
      },
    },
    icon("upload"),
    h("strong", {}, ui.say("uploads.choose")),
    h("small", {}, ui.say("uploads.limits")),
  );
  return {
    back: screen.back ? "back" : null,
    body: [
      ...heading(ui.say("uploads.title"), ui.say("uploads.more")),
      input,
      drop,
      screen.problems.file ? h("p", { class: "problem", id: "file-problem", role: "alert" }, icon("alert"), ui.say(`problem.${screen.problems.file}`)) : null,
      h(
        "ul",
        { class: "files" },
        ...screen.files.map((/** @type {{id: string, name: string, size: number}} */ file) =>
          h(
            "li",
            {},
            icon("file"),
            h("span", { class: "words" }, h("strong", {}, file.name), h("small", {}, `${Math.max(1, Math.round(file.size / 1000))} kB`)),
            h("button", { class: "round", type: "button", "aria-label": ui.say("uploads.remove", { name: file.name }), onclick: () => void ui.act("remove", { file: file.id }) }, icon("close")),
          ),
        ),
      ),
    ],
    foot: [primary(ui.say("uploads.button"), { onclick: () => void ui.act("submit") })],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function depositForm(ui, screen) {
  const keys = ["full_name", "employer_name", "street", "city", "state", "zip"];
  return {
    back: screen.back ? "back" : null,
    body: [
      ...heading(ui.say("form.title"), ui.say("form.more")),
      form(
        ui,
        "deposit",
        "submit",
        ...keys.map((key) => field(ui, { key, label: ui.say(`field.${key}`), problem: screen.problems[key], limit: 80 })),
        screen.targets.length > 1
          ? choices("target", ui.say("amount.target"), screen.targets.map((/** @type {{name: string, lastFour: string}} */ target, /** @type {number} */ place) => ({ value: String(place), title: target.name, detail: `···· ${target.lastFour}` })), "0")
          : null,
      ),
    ],
    foot: [primary(ui.say("form.button"), { form: "deposit" })],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function formReady(ui, screen) {
  const download = h("a", { class: "button primary", href: screen.url, download: "direct-deposit-form.pdf", onclick: () => void ui.act("downloaded") }, icon("download"), ui.say("form.download"));
  return {
    centered: true,
    body: [emblem("check", "good"), ...heading(ui.say("form.ready"), ui.say("form.readyMore"))],
    foot: [download, h("button", { class: "button secondary", type: "button", onclick: () => void ui.act("done") }, ui.say("done"))],
  };
}

/** @type {Record<string, (ui: Ui, screen: Screen) => Shown>} */
export const DOCUMENTS = { uploads, deposit_form: depositForm, form_ready: formReady };
