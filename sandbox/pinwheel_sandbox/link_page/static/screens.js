// All screens by the name that the server gives them.
import { BEGINNING, refreshResults } from "./screens_search.js";
import { LOGINS } from "./screens_login.js";
import { DEPOSITS } from "./screens_deposit.js";
import { DOCUMENTS } from "./screens_documents.js";
import { BILLS } from "./screens_bills.js";
import { ENDS } from "./screens_end.js";

/**
 * @typedef {import("./parts.js").Ui} Ui
 * @typedef {import("./parts.js").Screen} Screen
 * @typedef {(ui: Ui, screen: Screen) => import("./parts.js").Shown} Show
 * @type {Record<string, {show: Show, refresh: (ui: Ui, screen: Screen) => void}>}
 */
export const SCREENS = Object.fromEntries(
  Object.entries({ ...BEGINNING, ...LOGINS, ...DEPOSITS, ...DOCUMENTS, ...BILLS, ...ENDS }).map(([name, show]) => [
    name,
    { show, refresh: refreshResults },
  ]),
);
