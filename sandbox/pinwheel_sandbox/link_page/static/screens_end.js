// How it ended, and leaving early.
import { emblem, facts, heading, primary, secondary, waysOut } from "./parts.js";
import { summary } from "./screens_deposit.js";

/**
 * @typedef {import("./parts.js").Ui} Ui
 * @typedef {import("./parts.js").Screen} Screen
 * @typedef {import("./parts.js").Shown} Shown
 */

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function success(ui, screen) {
  const values = { org: ui.frame.orgName, name: screen.provider?.name ?? "" };
  return {
    centered: true,
    body: [
      emblem("check", "good"),
      ...heading(ui.say(`success.${screen.job}`), ui.say(`success.${screen.job}.more`, values)),
      screen.choice ? facts(summary(ui, screen)) : null,
    ],
    foot: [primary(ui.say("done"), { onclick: () => void ui.act("done") })],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function jobError(ui, screen) {
  const error = screen.error;
  const pending = Boolean(error?.pendingRetry);
  const key = pending ? "pending" : "failed";
  return {
    centered: true,
    body: [
      emblem(pending ? "clock" : "alert", pending ? "wait" : "bad"),
      ...heading(ui.say(`error.${key}`), ui.say(`error.${key}.more`, { org: ui.frame.orgName })),
    ],
    foot: [
      pending ? null : primary(ui.say("error.retry"), { onclick: () => void ui.act("retry") }),
      ...(pending ? [] : waysOut(ui, screen)),
      pending ? primary(ui.say("done"), { onclick: () => void ui.act("done") }) : secondary(ui.say("close"), () => void ui.act("done")),
    ],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function fatal(ui, screen) {
  const code = screen.error?.code ?? "clientError";
  const known = ui.say(`fatal.${code}`);
  return {
    centered: true,
    body: [emblem("alert", "bad"), ...heading(ui.say("fatal.title"), known === `fatal.${code}` ? screen.error?.message : known)],
    foot: [primary(ui.say("close"), { onclick: () => void ui.act("done") })],
  };
}

/** @param {Ui} ui @param {Screen} screen @returns {Shown} */
function exitConfirmation(ui, screen) {
  const org = ui.frame.orgName;
  const words = screen.underWay
    ? heading(ui.say("exit.early"), ui.say("exit.underWay", { org }))
    : heading(ui.say("exit.title"), ui.say("exit.more", { org }));
  return {
    centered: true,
    body: [emblem("alert", "wait"), ...words],
    foot: [
      primary(ui.say("exit.stay"), { onclick: () => void ui.act("stay") }),
      ...(screen.form ? [secondary(ui.say("formInstead"), () => void ui.act("form"))] : []),
      secondary(ui.say("exit.leave"), () => void ui.act("exit"), "Exit Confirmation Button"),
    ],
  };
}

/** A hosted page that is done and has nowhere to go. @param {Ui} ui @returns {Shown} */
function closed(ui) {
  return { centered: true, body: [emblem("check", "plain"), ...heading(ui.say("closed.title"), ui.say("closed.more"))] };
}

/** @type {Record<string, (ui: Ui, screen: Screen) => Shown>} */
export const ENDS = { closed, success, job_error: jobError, fatal, exit_confirmation: exitConfirmation };
