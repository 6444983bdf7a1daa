/**
 * Fills a message template. What fills it comes from others, and begins no line of its own.
 *
 * @param template - text with `{{name}}` where data goes; `{{name|lines}}` where it may have lines
 * @throws Error if the template names something that the report does not give: a mistake in a rule
 */
export function fill(template: string, data: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{\{(\w+)(\|lines)?\}\}/g, (_, name: string, lines?: string) => {
    const value = data[name]
    if (value === undefined) throw new Error(`no "${name}" for "${template}"`)
    return lines === undefined ? String(value).replace(/[\r\n]+/g, ' ') : String(value)
  })
}
