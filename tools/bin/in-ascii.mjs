/** A backslash that no other one escapes. */
const ESCAPED = /(?<!\\)(?:\\\\)*\\[\u0080-\uffff]/

/**
 * V8 takes two bytes for each character of a text that is not ASCII throughout. esbuild writes strings so, but leaves tagged templates
 * and patterns as they are; a place behind one in the same line is some columns off.
 */
export function inAscii(text) {
  const [escaped] = ESCAPED.exec(text) ?? []
  if (escaped) throw new Error(`${escaped} has a backslash that would escape another one: leave it out of the source`)
  return text.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
