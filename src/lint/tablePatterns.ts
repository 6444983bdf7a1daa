/**
 * Whether a table is one of those that are named, as messages name them: `users`, `auth.users`. An
 * asterisk stands for any text, so `*` for all tables.
 */
export function tableMatcher(patterns: readonly string[]): (name: string) => boolean {
  const names = new Set(patterns)
  const globs = patterns
    .filter((pattern) => pattern.includes('*'))
    .map((pattern) => new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 'su'))
  return (name) => names.has(name) || globs.some((glob) => glob.test(name))
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
