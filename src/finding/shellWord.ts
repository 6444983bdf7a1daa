/**
 * A word of a command line that a message prints: it means the same in sh, fish and PowerShell. Only
 * a word with both kinds of quotes, or with a `'` and a `$`, is for sh and fish alone.
 */
export function shellWord(word: string): string {
  // PowerShell expands a leading `@`; a leading `~` is the home directory everywhere.
  if (/^[\w./:-][\w./:@%+=-]*$/.test(word)) return word
  if (!word.includes("'")) return `'${word}'`
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", String.raw`'\''`)}'` : `"${word}"`
}
