import { printable } from '../printable.ts'

/** What XML 1.0 has no character for, and halves of pairs. */
const NO_CHARACTER = /[\uFFFE\uFFFF]|\p{Surrogate}/gu
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** A text by others on one line, as the text of an element or the value of an attribute. */
export function xmlText(text: string): string {
  return printable(text)
    .replace(NO_CHARACTER, '\uFFFD')
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replace(/#(?=#(?:\[|vso\[|teamcity\[))/gi, '&#35;')
    .replaceAll('::', '&#58;:')
}

/** ` name="value"` for each value there is. */
export function attributes(given: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(given)
    .map(([name, value]) => (value === null ? '' : ` ${name}="${xmlText(String(value))}"`))
    .join('')
}

export const XML = '<?xml version="1.0" encoding="UTF-8"?>'
