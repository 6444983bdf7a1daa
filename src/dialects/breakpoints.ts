/** A stretch of a file's text. */
export interface Source {
  readonly text: string
  /** Where it starts in the file, in UTF-16 units. */
  readonly offset: number
}

/** What drizzle-kit puts between statements. */
export const BREAKPOINT = '--> statement-breakpoint'

/**
 * Splits a migration into the chunks that are sent to the server one by one: at the literal,
 * wherever it stands, in a string or a comment too, as drizzle-orm's `readMigrationFiles` does
 * (drizzle-orm/src/migrator.ts).
 *
 * @param text - the whole file
 * @returns the chunks with their offsets in the file; blank ones too, which send nothing
 */
export function splitAtBreakpoints(text: string): readonly Source[] {
  const chunks: Source[] = []
  let offset = 0
  for (const chunk of text.split(BREAKPOINT)) {
    chunks.push({ text: chunk, offset })
    offset += chunk.length + BREAKPOINT.length
  }
  return chunks
}
