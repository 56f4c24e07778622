// The script that a page loads: it puts the Link page into a frame over the page, and hands its events to callbacks.
// Served under /pinwheel-v<version>.js. A classic script, so that a plain script tag is all a page needs.
"use strict";
(() => {
  /**
   * @typedef {{major: number, minor: number, patch: number}} Version
   * @typedef {Record<string, unknown>} Payload
   * @typedef {{deltaX?: string, deltaY?: string, width?: string, height?: string}} ModalStyling
   * @typedef {object} OpenParams
   * @property {string} linkToken
   * @property {(result: Payload) => void} [onLogin]
   * @property {(result: Payload) => void} [onLoginAttempt]
   * @property {(result: Payload) => void} [onSuccess]
   * @property {(error: Payload) => void} [onError]
   * @property {(error?: Payload) => void} [onExit]
   * @property {(name: string, payload: Payload) => void} [onEvent]
   * @property {ModalStyling} [modalStyling]
   * @property {{backgroundColor?: string}} [overlayStyling]
   * @property {boolean} [ariaHideDocumentContent]
   * @property {boolean} [useDarkMode]
   * @property {boolean} [useSecureOrigin]
   * @property {Version} [_versionOverride]
   * @property {string} [_sdkOverride]
   * @property {string} [_modalSessionIdOverride]
   */

  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const address = new URL(script ? script.src : document.baseURI);
  const home = address.origin;
  const narrow = window.matchMedia("(max-width: 560px)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const size = /^-?\d+(\.\d+)?(px|%|vw|vh|em)$/;

  // Told to the document, so that it also ends what another copy of this script has opened: a page may load it twice.
  const ENDING = "pinwheel:end";

  /** @returns {Version} The version in this script's name: pinwheel-v2.3.js is 2.3.0. */
  function ownVersion() {
    const found = /pinwheel-v(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(address.pathname);
    const [major, minor, patch] = (found ? found.slice(1) : []).map((part) => Number(part || 0));
    return { major: major || 3, minor: minor || 0, patch: patch || 0 };
  }

  /** @returns {string} An id of this browser, the same at every opening where the page may keep one. */
  function userId() {
    try {
      const kept = localStorage.getItem("pinwheel-uuid") || crypto.randomUUID();
      localStorage.setItem("pinwheel-uuid", kept);
      return kept;
    } catch {
      return "";
    }
  }

  /** @param {ModalStyling | undefined} asked @param {keyof ModalStyling} name @param {string} otherwise */
  function styled(asked, name, otherwise) {
    const value = asked ? asked[name] : undefined;
    return typeof value === "string" && size.test(value) ? value : otherwise;
  }

  /** @param {HTMLElement} portal @param {HTMLIFrameElement} frame @param {OpenParams} params */
  function place(portal, frame, params) {
    const phone = narrow.matches;
    const asked = params.modalStyling;
    Object.assign(portal.style, {
      position: "fixed",
      inset: "0",
      zIndex: "2147483647",
      display: "flex",
      alignItems: "center",
      justifyContent: "center",
      backgroundColor: (params.overlayStyling && params.overlayStyling.backgroundColor) || "rgba(17, 19, 38, 0.55)",
    });
    Object.assign(frame.style, {
      border: "0",
      display: "block",
      colorScheme: "normal",
      backgroundColor: params.useDarkMode ? "#16182a" : "#ffffff",
      width: phone ? "100%" : styled(asked, "width", "400px"),
      height: phone ? "100%" : styled(asked, "height", "680px"),
      maxWidth: "100%",
      maxHeight: phone ? "100%" : "calc(100% - 32px)",
      borderRadius: phone ? "0" : "18px",
      boxShadow: phone ? "none" : "0 24px 64px rgba(10, 12, 30, 0.28), 0 4px 16px rgba(10, 12, 30, 0.16)",
      transform: phone ? "none" : `translate(${styled(asked, "deltaX", "0px")}, ${styled(asked, "deltaY", "0px")})`,
    });
  }

  /** Empty stops before and after the frame: whoever tabs out of it is sent round to its other end. */
  function fence(/** @type {() => void} */ onFocus) {
    const stop = document.createElement("div");
    stop.tabIndex = 0;
    stop.setAttribute("aria-hidden", "true");
    // Out of the way: without a place of its own it would lie on the middle of the frame and take clicks.
    const nowhere = { position: "fixed", top: "0", left: "0", width: "1px", height: "1px", opacity: "0" };
    Object.assign(stop.style, nowhere, { pointerEvents: "none" });
    stop.addEventListener("focus", onFocus);
    return stop;
  }

  /** @param {HTMLElement} portal @returns {() => void} Undoes it. */
  function hideRest(portal) {
    const others = [...document.body.children].filter((node) => node !== portal && !node.hasAttribute("aria-hidden"));
    for (const node of others) node.setAttribute("aria-hidden", "true");
    return () => {
      for (const node of others) node.removeAttribute("aria-hidden");
    };
  }

  /** @param {unknown} callback @param {unknown[]} given A page's own mistake must not stop Link. */
  function call(callback, ...given) {
    if (typeof callback !== "function") return;
    try {
      callback(...given);
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  }

  /** @param {OpenParams} params @param {Version} version @param {string} name @param {Payload} payload */
  function dispatch(params, version, name, payload) {
    call(params.onEvent, name, payload);
    if (name === "login") call(params.onLogin, payload);
    else if (name === "login_attempt") call(params.onLoginAttempt, payload);
    else if (name === "success") call(params.onSuccess, payload);
    else if (name === "error") call(params.onError, payload);
    else if (name === "exit") call(params.onExit, version.major < 3 || payload.type ? payload : undefined);
  }

  /**
   * @param {OpenParams} params
   * @returns {Promise<void>} Settled once the Link page has been told what to open.
   */
  function open(params) {
    if (!params || typeof params.linkToken !== "string") return Promise.reject(new Error("Pinwheel.open needs a linkToken"));
    document.dispatchEvent(new Event(ENDING));
    const version = params._versionOverride || ownVersion();
    const portal = document.createElement("div");
    portal.className = "pinwheel-portal";
    const frame = document.createElement("iframe");
    const query = new URLSearchParams({
      version: `${version.major}.${version.minor}.${version.patch}`,
      // "null" for a page that has none, such as a file: nobody else can be named then.
      origin: window.origin,
    });
    frame.className = "pinwheel-modal-show";
    frame.title = "Pinwheel Link";
    frame.allow = "clipboard-write";
    if (address.searchParams.get("sandbox") === "true") {
      frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-downloads");
    }
    frame.src = `${home}/link.html?${query}`;
    const focusBack = document.activeElement;
    const page = document.body || document.documentElement;
    const overflow = page.style.overflow;

    /** @param {string} type @param {Payload} [payload] */
    const post = (type, payload) => frame.contentWindow && frame.contentWindow.postMessage({ type, payload }, home);
    const adjust = () => place(portal, frame, params);
    /** @type {() => void} */
    let ready = () => {};
    const isReady = new Promise((/** @type {(value: void) => void} */ resolve) => (ready = resolve));

    /** @param {MessageEvent} event */
    const hear = (event) => {
      if (event.source !== frame.contentWindow || event.origin !== home || !event.data) return;
      const { type, eventName, payload } = event.data;
      if (type === "PINWHEEL_LOAD_COMPLETE") {
        const callbacks = ["onLogin", "onLoginAttempt", "onSuccess", "onError", "onExit", "onEvent"];
        const given = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (params));
        post("PINWHEEL_INIT", {
          linkToken: params.linkToken,
          sdk: params._sdkOverride || "web",
          platform: "web",
          version,
          uniqueUserId: userId(),
          initializationTimestamp: Date.now(),
          deviceMetadata: {},
          initializationOptions: Object.fromEntries(
            callbacks.map((name) => [`has${name[0].toUpperCase()}${name.slice(1)}`, typeof given[name] === "function"]),
          ),
          useDarkMode: Boolean(params.useDarkMode),
        });
        frame.focus();
        ready();
      } else if (type === "PINWHEEL_EVENT") {
        dispatch(params, version, eventName, payload);
      } else if (type === "PINWHEEL_MODAL_CLOSE") {
        end();
      }
    };
    /** @param {KeyboardEvent} event */
    const escape = (event) => {
      if (event.key === "Escape") post("PINWHEEL_ESCAPE");
    };

    adjust();
    /** @param {boolean} last */
    const inward = (last) => {
      frame.focus();
      post("PINWHEEL_FOCUS", { last });
    };
    portal.append(fence(() => inward(true)), frame, fence(() => inward(false)));
    window.addEventListener("message", hear);
    window.addEventListener("keydown", escape);
    narrow.addEventListener("change", adjust);
    document.addEventListener(ENDING, end);
    page.append(portal);
    page.style.overflow = "hidden";
    const unhide = params.ariaHideDocumentContent ? hideRest(portal) : () => {};
    // Whoever takes the portal off the page, as Pinwheel's React component does, ends Link, too.
    const watch = new MutationObserver(() => portal.isConnected || end());
    watch.observe(page, { childList: true });
    if (!calm.matches) portal.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 160, easing: "ease-out" });

    let ended = false;
    function end() {
      if (ended) return;
      ended = true;
      watch.disconnect();
      window.removeEventListener("message", hear);
      window.removeEventListener("keydown", escape);
      narrow.removeEventListener("change", adjust);
      document.removeEventListener(ENDING, end);
      page.style.overflow = overflow;
      unhide();
      portal.remove();
      if (focusBack instanceof HTMLElement) focusBack.focus();
      ready();
    }
    return isReady;
  }

  /** @returns {Promise<void>} The page closes Link itself: no event is told, as nothing happened in Link. */
  function close() {
    document.dispatchEvent(new Event(ENDING));
    return Promise.resolve();
  }

  Object.assign(window, { Pinwheel: { open, close } });
})();
