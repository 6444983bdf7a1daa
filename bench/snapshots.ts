// Compares the corpus's SQL with its snapshots, and settles what is found on PGlite:
// node bench/start.mjs snapshots [--pglite] [--errors] [project …]
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { EMPTY_CATALOG } from '../src/catalog/catalog.ts'
import { subjectKey } from '../src/catalog/subject.ts'
import { dialectOf } from '../src/dialects/registry.ts'
import { discoverProjects } from '../src/drizzle/find/discover.ts'
import { readMigrationFolder } from '../src/drizzle/migrations/folder.ts'
import { snapshotPath } from '../src/drizzle/migrations/layout.ts'
import { parseSnapshot } from '../src/drizzle/snapshot/parse.ts'
import { SimilarJson } from '../src/drizzle/snapshot/similarJson.ts'
import { reset } from '../src/verify/trace/index.ts'
import { corpusPglite } from './corpusPglite.ts'
import { workingTree } from '../src/git/workingFiles.ts'
import type { ReadSnapshot } from '../src/dialects/snapshot/reader.ts'
import { compareSnapshots } from '../src/check/snapshots/compare.ts'
import { differencesFrom } from '../src/check/snapshots/differences.ts'
import { runPlacedRules } from '../src/lint/placedRule.ts'
import { replayDeployment } from '../src/lint/judge.ts'
import { snapshotRules } from '../rules/index.ts'
import { splitAtBreakpoints } from '../src/dialects/breakpoints.ts'
import { corpusFolder } from './corpusProjects.ts'
import { databaseAsSql } from './databaseAsSql.ts'

const session = { version: 18, timezone: 'UTC', transaction: 'deployment' } as const
const settle = process.argv.includes('--pglite')
const client = settle ? await corpusPglite() : null
const counts = {
  folders: 0,
  compared: 0,
  snapshots: 0,
  found: 0,
  settledTrue: 0,
  notOnServer: 0,
  onlyOnServer: 0,
}
const folder = corpusFolder()
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'))
for (const name of readdirSync(folder).sort()) {
  if (only.length > 0 && !only.some((word) => name.includes(word))) continue
  const { tree } = workingTree(join(folder, name))
  const { projects } = await discoverProjects(tree, undefined)
  for (const project of projects) {
    const { sql, words } = dialectOf(project.dialect)
    if (sql === null) continue
    const engine = await sql.load()
    counts.folders++
    const { migrations, layout, path } = readMigrationFolder(tree, project.out)
    const contents = tree.readAll(migrations.map(({ file }) => file))
    let last: ReadSnapshot | null = null
    let lastName = ''
    const reader = engine.snapshots()
    const parser = new SimilarJson()
    function read(migration: string): ReadSnapshot | null {
      const content = tree.read(snapshotPath(path, layout, migration))
      const snapshot = content === undefined ? null : parseSnapshot(reader, content, parser)
      if (snapshot === null) return null
      counts.snapshots++
      lastName = migration
      last = snapshot
      return last
    }
    const sources = migrations.map(({ name: tag, file }) => ({
      name: tag,
      file,
      text: contents.get(file)?.toString('utf8') ?? '',
    }))
    const started = performance.now()
    const comparison = compareSnapshots(
      engine,
      session,
      { snapshot: null, deployed: [] },
      sources.map((source) => ({ source, snapshot: () => read(source.name) })),
    )
    const time = Math.round(performance.now() - started)
    if (last !== null) counts.compared++
    const active = snapshotRules.map((rule) => ({ rule, severity: null, options: {} }))
    const findings = runPlacedRules(active, comparison, name, [])
    counts.found += findings.length
    console.log(
      `\n# ${name.replace('+', '/')} ${project.out}: ${findings.length} of ${migrations.length} migrations (${time} ms)`,
    )
    for (const reason of new Set(comparison.setAside.map((aside) => aside.reason))) {
      const aside = comparison.setAside.filter((one) => one.reason === reason)
      console.log(
        `  set aside (${reason}): ${new Set(aside.map(({ key }) => key)).size} at ${[...new Set(aside.map(({ migration }) => migration))].slice(0, 6).join(', ')}`,
      )
    }
    const onServer =
      client && last && words.server === 'PostgreSQL' ? await serverDifferences(last) : null
    for (const [position, { severity, message }] of findings.entries()) {
      const key = subjectKey(comparison.mismatches[position]!.subject)
      const verdict = onServer === null ? '' : onServer.has(key) ? 'TRUE ' : 'NOT ON SERVER '
      if (verdict === 'TRUE ') counts.settledTrue++
      else if (verdict !== '') counts.notOnServer++
      console.log(`- ${verdict}${severity}: ${message}`)
      onServer?.delete(key)
    }
    for (const [key, { changes, harmless }] of onServer ?? []) {
      if (harmless) continue
      counts.onlyOnServer++
      console.log(
        `  only on the server: ${key.replace('\0', '.')} ${changes.map(({ kind }) => kind).join()}`,
      )
    }

    /** What the migrations lead to on PGlite, against the newest snapshot. */
    async function serverDifferences(snapshot: ReadSnapshot) {
      await reset(client!)
      // pgvector is not part of PGlite.
      await client!.exec('CREATE DOMAIN vector AS text')
      const until = sources.findIndex((source) => source.name === lastName)
      for (const { name: tag, text } of sources.slice(0, until + 1)) {
        for (const chunk of splitAtBreakpoints(text)) {
          const sql = chunk.text
            .replaceAll(/\bCONCURRENTLY\b/gi, '')
            .replaceAll(/\bvector\(\d+\)/g, 'vector')
          await client!.exec(sql).catch(async (error: Error) => {
            if (process.argv.includes('--errors')) console.log(`  ${tag}: ${error.message}`)
            await client!.exec('ROLLBACK')
          })
        }
      }
      await client!.exec('ROLLBACK; RESET ALL')
      const text = await databaseAsSql(client!)
      const { after } = replayDeployment({ engine, session }, EMPTY_CATALOG, [
        { name: 'server', file: '', text },
      ])
      return new Map(differencesFrom(after, snapshot, null))
    }
  }
}
await client?.close()
console.log(counts)
