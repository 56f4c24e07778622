// Who opened this page, and how to talk to them: the script on a web page, or an app around its web view.

/** Messages to and from whoever opened the page; from anyone else, none are heard. */
export class Host {
  /**
   * @param {(init: Record<string, any>) => void} onInit
   * @param {() => void} onEscape
   * @param {(last: boolean) => void} onFocus
   * @param {() => void} onClose
   */
  constructor(onInit, onEscape, onFocus, onClose) {
    this.onInit = onInit;
    this.onEscape = onEscape;
    this.onFocus = onFocus;
    this.onClose = onClose;
    const query = new URLSearchParams(window.location.search);
    this.framed = window.parent !== window;
    // A frame has one partner, named by the script that made the frame. In a web view the app's messages come from
    // the page itself, as an app can only run scripts in it.
    this.partner = this.framed ? (query.get("origin") ?? "") : window.location.origin;
    this.asked = versionIn(query.get("version") ?? window.location.pathname);
    // A hosted page: its address has the token, and nobody is around it who would hand it one.
    this.token = query.get("token");
    this.begun = this.token !== null;
  }

  /** Begin to listen, and say so. */
  listen() {
    window.addEventListener("message", (event) => {
      if (event.source !== window.parent || event.origin !== this.partner) return;
      this.hear(event.data);
    });
    this.post({ type: "PINWHEEL_LOAD_COMPLETE" });
  }

  /** @param {string} eventName @param {object | null} payload */
  tell(eventName, payload) {
    this.post({ type: "PINWHEEL_EVENT", eventName, payload });
  }

  /**
   * Ask to be taken away; from a hosted page, send the user back.
   * @param {string | null | undefined} returnTo
   */
  close(returnTo) {
    this.post({ type: "PINWHEEL_MODAL_CLOSE" });
    // An app may have a scheme of its own, but an address that is a script is none.
    if (this.token && returnTo && !/^(javascript|data|vbscript):/i.test(returnTo)) window.location.assign(returnTo);
  }

  /** @param {any} message @private */
  hear(message) {
    if (typeof message !== "object" || message === null) return;
    if (message.type === "PINWHEEL_INIT" && !this.begun) {
      this.begun = true;
      this.onInit({ version: this.asked, ...message.payload });
    } else if (message.type === "PINWHEEL_ESCAPE") this.onEscape();
    else if (message.type === "PINWHEEL_FOCUS") this.onFocus(Boolean(message.payload?.last));
    else if (message.type === "PINWHEEL_PROGRAMMATIC_CLOSE") this.onClose();
  }

  /** @param {object} message @private */
  post(message) {
    if (this.framed) {
      // A page without an origin, such as a file, cannot be named; its messages are still told by their source.
      if (this.partner) window.parent.postMessage(message, this.partner === "null" ? "*" : this.partner);
      return;
    }
    const native = /** @type {any} */ (window);
    const view = native.ReactNativeWebView ?? native.webkit?.messageHandlers?.pinwheel;
    // The message also goes to the page itself, where scripts that an app put into it listen.
    window.postMessage(message, this.partner);
    view?.postMessage(JSON.stringify(message));
  }
}

/** @param {string} text */
function versionIn(text) {
  const [, major = "3", minor = "0", patch = "0"] = /(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text) ?? [];
  return { major: Number(major), minor: Number(minor), patch: Number(patch) };
}
