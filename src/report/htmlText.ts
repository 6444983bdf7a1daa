import { inertLine, printable } from './printable.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text by others on one line, as the text of an element or the value of an attribute. */
export function html(text: string): string {
  return inertLine(printable(text))
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!)
    .replaceAll('::', '&#58;:')
}

/** The same of a text of several lines. */
export function htmlLines(text: string): string {
  return text
    .split(/\r\n|[\n\r]/)
    .map(html)
    .join('\n')
}

/** An element with content that is markup already. */
export function element(
  name: string,
  content: string,
  attributes: Readonly<Record<string, string | number>> = {},
): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${html(String(value))}"`)
  return `<${name}${given.join('')}>${content}</${name}>`
}
