// Runs the corpus on PGlite and compares what fails with what was said to fail:
// node bench/start.mjs verify
import { EMPTY_CATALOG } from '../src/catalog/catalog.ts'
import { reset } from '../src/verify/trace/index.ts'
import { corpusPglite } from './corpusPglite.ts'
import { replayDeployment } from '../src/lint/judge.ts'
import { loadEngine } from '../src/dialects/postgres/load.ts'
import { corpusFolder, corpusProjects } from './corpusProjects.ts'

const session = { version: 18, timezone: 'UTC', transaction: 'deployment' } as const
const engine = await loadEngine()
const client = await corpusPglite()
const counts = { statements: 0, bothFail: 0, onlyServer: 0, onlyTool: 0 }
const disagreements: string[] = []
for (const project of await corpusProjects(corpusFolder())) {
  await reset(client)
  let catalog = EMPTY_CATALOG
  for (const migration of project.migrations) {
    const unit = replayDeployment({ engine, session }, catalog, [migration])
    catalog = unit.after
    await client.exec('BEGIN')
    for (const statement of unit.migrations.flatMap(({ statements }) => statements)) {
      const [first] = statement.changes
      if (first === undefined) continue
      // A DO block is run as a whole.
      const { start, end } = first.origin.guarded ? first.origin.chunk : first.origin
      const text = migration.text.slice(start, end)
      counts.statements++
      const said = statement.changes
        .flatMap((change) => engine.effects(change, session).errors)
        .find(({ when }) => when === 'always')
      const failed = await runStatement(text)
      if (failed && said) counts.bothFail++
      else if (failed) counts.onlyServer++
      else if (said) counts.onlyTool++
      if (Boolean(failed) !== Boolean(said)) {
        disagreements.push(
          `${project.name} ${migration.name}: ${failed ? `server ${failed}` : `tool ${said?.code} ${said?.message}`} | ${text.slice(0, 120).replaceAll(/\s+/g, ' ')}`,
        )
      }
    }
    await client.exec('COMMIT').catch(() => client.exec('ROLLBACK'))
  }
}
await client.close()
console.log(counts)
for (const line of disagreements) console.log(line)

async function runStatement(text: string): Promise<string | null> {
  try {
    await client.exec('SAVEPOINT s')
    await client.exec(text)
    await client.exec('RELEASE SAVEPOINT s').catch(() => undefined)
    return null
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    await client.exec('ROLLBACK TO SAVEPOINT s').catch(() => client.exec('ROLLBACK; BEGIN'))
    return `${code} ${message}`
  }
}
