// Takes every migration of the corpus back on PGlite by the statements that are offered for it:
// node bench/start.mjs wayBack [part of a project's name]
import { EMPTY_CATALOG } from '../src/catalog/catalog.ts'
import { differencesInWords } from '../src/check/verification/back/goBack.ts'
import { reversalsIn } from '../src/dialects/reversal/inDeployment.ts'
import { loadEngine } from '../src/dialects/postgres/load.ts'
import { replayDeployment } from '../src/lint/judge.ts'
import { type Database } from '../src/verify/catalog/readDatabase.ts'
import { readScratch } from '../src/verify/catalog/readScratch.ts'
import { attempt } from '../src/verify/trace/client.ts'
import { reset } from '../src/verify/trace/index.ts'
import { corpusPglite } from './corpusPglite.ts'
import { corpusFolder, corpusProjects } from './corpusProjects.ts'

const [wanted = ''] = process.argv.slice(2)
const session = { version: 18, timezone: 'UTC', transaction: 'deployment' } as const
const engine = await loadEngine()
const client = await corpusPglite()
const counts = { migrations: 0, notRun: 0, statements: 0, back: 0, said: 0, silent: 0, refused: 0 }
for (const project of await corpusProjects(corpusFolder())) {
  if (!project.name.includes(wanted)) continue
  await reset(client)
  let catalog = EMPTY_CATALOG
  let before: Database = await readScratch(client, engine)
  for (const migration of project.migrations) {
    const unit = replayDeployment({ engine, session }, catalog, [migration])
    catalog = unit.after
    await client.exec('begin')
    const failed = await attempt(client, migration.text)
    if (failed) {
      await client.exec('rollback')
      // As whoever deployed it must have done.
      await attempt(client, migration.text)
      await attempt(client, 'rollback')
      before = await readScratch(client, engine)
      counts.notRun++
      continue
    }
    counts.migrations++
    // One that ends the transaction itself cannot be taken back within it.
    if (await attempt(client, 'savepoint there')) {
      await attempt(client, 'rollback')
      before = await readScratch(client, engine)
      continue
    }
    const reversals = [...reversalsIn(unit.changes, engine.reversal)].reverse()
    const told = reversals.flatMap((one) =>
      one.kind === 'statements' ? (one.but ?? []) : one.kind === 'nothing' ? [] : one.what,
    )
    let refused = 0
    for (const sql of reversals.flatMap((one) => (one.kind === 'statements' ? one.sql : []))) {
      counts.statements++
      await client.exec('savepoint one')
      const error = await attempt(client, sql)
      await client.exec(error ? 'rollback to one' : 'release one')
      if (!error) continue
      refused++
      console.log(
        `refused ${project.name} ${migration.name}: ${sql.slice(0, 150)} | ${error.message}`,
      )
    }
    const apart = differencesInWords(await readScratch(client, engine), before)
    const outcome =
      refused > 0 ? 'refused' : apart.length === 0 ? 'back' : told.length > 0 ? 'said' : 'silent'
    counts[outcome]++
    if (outcome !== 'back') {
      console.log(
        `${outcome} ${project.name} ${migration.name}: ${apart.slice(0, 6).join('; ').slice(0, 400)} || ${told.slice(0, 6).join('; ').slice(0, 300)}`,
      )
    }
    await client.exec('rollback to there')
    await client.exec('commit')
    before = await readScratch(client, engine)
  }
}
await client.close()
console.log(counts)
