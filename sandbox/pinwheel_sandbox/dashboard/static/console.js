// Open Link with the token on the page, and write down what it tells.
"use strict";
(() => {
  const token = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("token"));
  const events = document.getElementById("events");
  const button = document.getElementById("open");
  if (!token || !events || !button) return;

  /** @param {string} name @param {unknown} payload */
  const note = (name, payload) => {
    const line = document.createElement("li");
    const title = document.createElement("strong");
    const more = document.createElement("code");
    title.textContent = name;
    more.textContent = JSON.stringify(payload ?? {});
    line.append(title, " ", more);
    events.append(line);
  };
  button.addEventListener("click", () => {
    events.replaceChildren();
    const [major, minor, patch] = (button.dataset.version ?? "4.0.0").split(".").map(Number);
    const _versionOverride = { major, minor, patch };
    /** @type {any} */ (window).Pinwheel.open({ linkToken: token.value, onEvent: note, _versionOverride });
  });
})();
