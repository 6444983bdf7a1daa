// Takes one token out of the corpus's SQLite statements and asks whether it is still SQLite, of the reader
// and of SQLite: node bench/start.mjs sqliteDamaged [--size 4000] [--seed 7] [--show]
import { createRequire } from 'node:module'
import { splitAtBreakpoints } from '../src/dialects/breakpoints.ts'
import { tokenize } from '../src/dialects/ddl/lexer.ts'
import { readChunk } from '../src/dialects/ddl/readChunk.ts'
import { SQLITE_LEXIS } from '../src/dialects/sqlite/lexis.ts'
import { SQLITE_SCRIPT } from '../src/dialects/sqlite/script.ts'
import { corpusFolder, corpusProjects } from './corpusProjects.ts'

interface Database {
  run(sql: string): void
  prepare(sql: string): { free(): void }
}
const load = createRequire(import.meta.url)('sql.js') as () => Promise<{
  Database: new () => Database
}>
const { Database: SqlJs } = await load()
const args = process.argv.slice(2)
const option = (name: string, otherwise: number) =>
  args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise

const isRefused = (text: string) =>
  readChunk({ text, offset: 0 }, SQLITE_SCRIPT).statements.some(({ kind }) => kind === 'refused')

function errorOf(database: Database, text: string): string | null {
  try {
    database.prepare(text).free()
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/** Whether the grammar refuses it; what it names is another matter. */
function refusedBy(database: Database, text: string): boolean {
  return /syntax error|incomplete input|unrecognized token/.test(errorOf(database, text) ?? '')
}

const total = { statements: 0, tokens: 0 }
const projects = await corpusProjects(corpusFolder(), 'sqlite')
const statementsOf = (text: string) =>
  splitAtBreakpoints(text).flatMap((source) =>
    readChunk(source, SQLITE_SCRIPT).statements.map(({ start, end }) => text.slice(start, end)),
  )
const tokensOf = (text: string) => tokenize({ text, offset: 0 }, SQLITE_LEXIS).tokens.slice(0, -1)
for (const { migrations } of projects) {
  for (const statement of migrations.flatMap(({ text }) => statementsOf(text))) {
    total.statements++
    total.tokens += tokensOf(statement).length
  }
}

// A small generator with a fixed seed, so that the same sample can be drawn again.
let seed = option('--seed', 7)
const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
const share = option('--size', 4000) / total.tokens
const counts = { tried: 0, wronglyTaken: 0, wronglyRefused: 0 }
for (const { migrations } of projects) {
  const database = new SqlJs()
  for (const statement of migrations.flatMap(({ text }) => statementsOf(text))) {
    // Of what is refused anyway (a table that is there, FTS5), SQLite does not read the rest.
    const isWhole = errorOf(database, statement) === null
    for (const token of isWhole ? tokensOf(statement) : []) {
      if (random() > share) continue
      const text = `${statement.slice(0, token.start)} ${statement.slice(token.end)}`
      const [own, theirs] = [isRefused(text), refusedBy(database, text)]
      counts.tried++
      if (own === theirs) continue
      counts[own ? 'wronglyRefused' : 'wronglyTaken']++
      if (args.includes('--show')) {
        const near = text.slice(Math.max(0, token.start - 60), token.start + 60)
        console.log(`${own ? 'refused' : 'taken'}: …${near.replaceAll(/\s+/g, ' ')}…`)
      }
    }
    try {
      database.run(statement)
    } catch {
      // FTS5, and what is there already.
    }
  }
}
console.log(total, counts)
