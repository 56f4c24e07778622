// Elements from data. Whatever a user or a server said becomes text, never markup.

/**
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Props
 * @typedef {Node | string | null | undefined | false} Child
 */

/**
 * Make an element: `on…` properties are listeners, `class` and the rest are attributes.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** @type {Record<string, string[]>} */
const DRAWN = {
  close: ["M6 6l12 12", "M18 6L6 18"],
  back: ["M15 5l-7 7 7 7"],
  search: ["M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14z", "M16.5 16.5L21 21"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  alert: ["M12 7v6", "M12 16.5v.5"],
  clock: ["M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z", "M12 7.5v5l3 1.8"],
  lock: ["M7 11V8a5 5 0 0 1 10 0v3", "M5.5 11h13v9h-13z"],
  eye: ["M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z", "M12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"],
  next: ["M9 5l7 7-7 7"],
  shield: ["M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6z", "M8.5 12l2.5 2.5 4.5-5"],
  file: ["M6 3h8l4 4v14H6z", "M14 3v4h4"],
  upload: ["M12 16V5", "M7.5 9L12 4.5 16.5 9", "M5 19.5h14"],
  download: ["M12 4v11", "M7.5 11L12 15.5 16.5 11", "M5 19.5h14"],
  bank: ["M4 10l8-5 8 5z", "M6 10v7", "M12 10v7", "M18 10v7", "M4 19.5h16"],
  briefcase: ["M4 8h16v11H4z", "M9 8V5h6v3", "M4 13h16"],
  card: ["M3 6h18v12H3z", "M3 10.5h18"],
};

/**
 * @param {keyof typeof DRAWN} name
 * @returns {SVGSVGElement} A line drawing that takes the colour of the text around it.
 */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" })) {
    svg.setAttribute(key, value);
  }
  for (const line of DRAWN[name] ?? []) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}

/**
 * @param {string} name
 * @returns {HTMLElement} The first letters of a name in a tinted square, where there is no logo.
 */
export function badge(name) {
  const letters = name.split(/\s+/).filter((word) => /\w/.test(word)).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  const tone = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 6;
  return h("span", { class: `badge tone-${tone}`, "aria-hidden": "true" }, letters);
}
