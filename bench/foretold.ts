// Subtracts from each migration of the corpus, read as what drizzle-kit foretells, what the SQL before it
// makes (nothing, mostly), and what the SQL with it makes (all of it):
// node bench/start.mjs foretold [project …]
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { subjectKey } from '../src/catalog/subject.ts'
import { foretell } from '../src/check/sync/foretold.ts'
import { lackOf } from '../src/check/sync/lack.ts'
import { subtractMade } from '../src/check/sync/made.ts'
import { splitAtBreakpoints } from '../src/dialects/breakpoints.ts'
import { dialectOf } from '../src/dialects/registry.ts'
import type { ReadSnapshot } from '../src/dialects/snapshot/reader.ts'
import { discoverProjects } from '../src/drizzle/find/discover.ts'
import { readMigrationFolder } from '../src/drizzle/migrations/folder.ts'
import { parseSnapshot } from '../src/drizzle/snapshot/parse.ts'
import { SimilarJson } from '../src/drizzle/snapshot/similarJson.ts'
import { workingTree } from '../src/git/workingFiles.ts'
import { replayDeployment } from '../src/lint/judge.ts'
import { corpusFolder } from './corpusProjects.ts'

const session = { version: 18, timezone: 'UTC', transaction: 'deployment' } as const
const counts = { migrations: 0, objects: 0, statements: 0, unseen: 0, madeBefore: 0, leftAfter: 0 }
const only = process.argv.slice(2)
const folder = corpusFolder()
for (const name of readdirSync(folder).sort()) {
  if (only.length > 0 && !only.some((word) => name.includes(word))) continue
  const { tree } = workingTree(join(folder, name))
  const { projects } = await discoverProjects(tree, undefined)
  for (const project of projects) {
    const { sql } = dialectOf(project.dialect)
    if (sql === null) continue
    const engine = await sql.load()
    const reader = engine.snapshots()
    const parser = new SimilarJson()
    const { migrations } = readMigrationFolder(tree, project.out)
    const contents = tree.readAll(migrations.map(({ file }) => file))
    let migrated = engine.emptyCatalog
    let previous: ReadSnapshot | null = null
    for (const { name: migration, file, snapshot } of migrations) {
      const text = contents.get(file)?.toString('utf8') ?? ''
      const content = tree.read(snapshot)
      const read = content === undefined ? null : parseSnapshot(reader, content, parser)
      const before = migrated
      const source = { name: migration, file, text }
      migrated = replayDeployment({ engine, session }, before, [source]).after
      const start = previous?.catalog ?? (migration.startsWith('0000') ? engine.emptyCatalog : null)
      previous = read
      if (start === null || read === null) continue
      const statements = splitAtBreakpoints(text).map((chunk) => chunk.text.trim())
      const foretold = foretell(
        (catalog, own) => replayDeployment({ engine, session }, catalog, own),
        start,
        statements.filter((statement) => statement !== ''),
        () => false,
      )
      if (foretold === null || foretold.changed.size === 0) continue
      counts.migrations++
      counts.objects += foretold.changed.size
      counts.statements += foretold.statements.length
      const where = `${name} ${project.out} ${migration}`
      for (const one of foretold.statements) {
        if (one.unseen === null) continue
        counts.unseen++
        console.log(`${where}: unseen ${one.sql.slice(0, 120).replaceAll('\n', ' ')}`)
      }
      for (const { subject } of subtractMade(foretold, before).made) {
        counts.madeBefore++
        console.log(`${where}: made before ${subjectKey(subject).replaceAll('\0', '.')}`)
      }
      const after = subtractMade(foretold, migrated)
      for (const one of after.left) {
        counts.leftAfter++
        const { text: words } = lackOf(one.subject, one.changes, after.startOf(one), foretold.to)
        console.log(`${where}: left after ${words}`)
      }
    }
  }
}
console.log(JSON.stringify(counts))
