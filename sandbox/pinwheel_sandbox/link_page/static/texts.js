// What the screens say.
import { EN } from "./texts_en.js";
import { EN_MORE } from "./texts_en_more.js";
import { ES } from "./texts_es.js";
import { ES_MORE } from "./texts_es_more.js";

/** Every text by language. @type {Record<string, Record<string, string>>} */
const TEXTS = { en: { ...EN, ...EN_MORE }, es: { ...ES, ...ES_MORE } };

/**
 * @param {string} language
 * @returns {import("./parts.js").Say} Finds a text and puts values into its {places}; a key without a text is itself.
 */
export function sayIn(language) {
  const texts = TEXTS[language] ?? TEXTS.en;
  return (key, values = {}) => (texts[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}
