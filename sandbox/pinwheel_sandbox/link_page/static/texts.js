// What the screens say.
import { EN } from "./texts_en.js";
import { ES } from "./texts_es.js";

/**
 * @param {string} language
 * @returns {import("./parts.js").Say} Finds a text and puts values into its {places}; a key without a text is itself.
 */
export function sayIn(language) {
  /** @type {Record<string, string>} */
  const texts = language === "es" ? ES : EN;
  return (key, values = {}) => (texts[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}
