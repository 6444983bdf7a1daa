/** The first line of every generated page. */
export const GENERATED =
  '<!-- Generated from the rule by `npm run docs`. Change the rule, not this file. -->'

/** Text as one cell of a table. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')
}
