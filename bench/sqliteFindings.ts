// Lists what is found in the corpus's SQLite migrations, for reading by eye, with what SQLite shows of it:
// node bench/start.mjs sqliteFindings
import { createRequire } from 'node:module'
import { migrationRules as rules } from '../rules/index.ts'
import { splitAtBreakpoints } from '../src/dialects/breakpoints.ts'
import { createEngine } from '../src/dialects/sqlite/engine.ts'
import type { Finding } from '../src/finding/finding.ts'
import { type Judgement, judgeDeployment, replayDeployment } from '../src/lint/judge.ts'
import { activeRules } from '../src/lint/settings.ts'
import { corpusFolder, corpusProjects } from './corpusProjects.ts'

interface Database {
  run(sql: string): void
  exec(sql: string): { readonly values: readonly (readonly unknown[])[] }[]
}
const load = createRequire(import.meta.url)('sql.js') as () => Promise<{
  Database: new () => Database
}>
const { Database: SqlJs } = await load()
const engine = createEngine('sqlite')
const quote = (text: string) => `"${text.replaceAll('"', '""').replaceAll(/\s+/g, ' ')}"`
console.log('project,migration,rule,object,says,shown')

for (const project of await corpusProjects(corpusFolder(), 'sqlite')) {
  const judgement: Judgement = {
    engine,
    session: { version: null, timezone: 'UTC', transaction: 'deployment' },
    rules,
    active: activeRules(rules, {}),
    acknowledged: [],
    smallTables: [],
    project: project.name,
  }
  const database = new SqlJs()
  /** Who pointed at which table, by the migration that came next. */
  const pointing = new Map<string, readonly string[]>()
  let catalog = engine.emptyCatalog
  const deployments = project.migrations.map((migration) => {
    pointing.set(migration.name, foreignKeys(database))
    for (const source of splitAtBreakpoints(migration.text)) {
      for (const { start, end } of engine.statements(source.text)) {
        try {
          database.run(source.text.slice(start, end))
        } catch {
          // What it refuses is judged all the same.
        }
      }
    }
    const replayed = replayDeployment(judgement, catalog, [migration])
    catalog = replayed.after
    return replayed
  })
  for (const deployment of deployments) {
    for (const finding of judgeDeployment(judgement, deployment, catalog).findings) {
      const { migration, rule, object, message } = finding
      const cells = [project.name, migration ?? '', rule, object ?? '', message]
      console.log([...cells, shown(database, finding, pointing)].map(quote).join(','))
    }
  }
}

function foreignKeys(database: Database): readonly string[] {
  const rows = database.exec(
    `SELECT m.name || '.' || f."from" || ' to ' || f."table" || ' on delete ' || lower(f.on_delete)
     FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`,
  )
  return (rows[0]?.values ?? []).map(([line]) => String(line))
}

/** What SQLite itself has to say of a finding; empty where reading has to do. */
function shown(
  database: Database,
  { rule, object, migration }: Finding,
  pointing: ReadonlyMap<string, readonly string[]>,
): string {
  if (rule === 'rebuild-deletes-children') {
    const keys = pointing.get(migration ?? '') ?? []
    return keys.filter((line) => line.includes(` to ${object ?? ''} on`)).join('; ')
  }
  if (rule !== 'unindexed-foreign-key') return ''
  const [table = '', column = ''] = (object ?? '').split('.')
  const leading = database.exec(
    `SELECT i.name FROM pragma_index_list('${table}') l, pragma_index_info(l.name) i WHERE i.seqno = 0`,
  )
  const isLed = (leading[0]?.values ?? []).some(([name]) => name === column)
  return isLed ? `an index leads with ${column}` : 'no index leads with it'
}
