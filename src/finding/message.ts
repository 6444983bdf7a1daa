/**
 * Fills a message template.
 *
 * @param template - text with `{{name}}` where data goes
 * @throws Error if the template names something that the report does not give: a mistake in a rule
 */
export function fill(template: string, data: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = data[name]
    if (value === undefined) throw new Error(`no "${name}" for "${template}"`)
    return String(value)
  })
}
