import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { displayColumn } from '../../../src/catalog/names.ts'
import { compareSnapshots } from '../../../src/check/snapshots/compare.ts'
import { createEngine } from '../../../src/dialects/mysql/engine.ts'
import { discoverProjects } from '../../../src/drizzle/find/discover.ts'
import { readMigrationFolder } from '../../../src/drizzle/migrations/folder.ts'
import { parseSnapshot } from '../../../src/drizzle/snapshot/parse.ts'
import { workingTree } from '../../../src/git/workingFiles.ts'

/** Real projects with MySQL migrations. */
const PROJECTS = ['Termix-SSH+Termix', 'makuko+adminjs-drizzle', 'pagepin+pagepin', 'waforix+mocha']

/**
 * What differs there indeed: with a new type, drizzle-kit wrote MODIFY COLUMN without the default that
 * the column has in the snapshot, and so took it away.
 */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'waforix+mocha': [
    'messageevent.attachmentCount: SetDefault',
    'messageevent.embedCount: SetDefault',
    'reactionevent.emojiAnimated: SetDefault',
    'user.bot: SetDefault',
  ],
}

const SESSION = { version: null, timezone: 'UTC', transaction: 'deployment' } as const
const corpus = process.env.MIGRATION_LINT_CORPUS ?? ''
const there = existsSync(corpus) ? readdirSync(corpus) : []

describe.skipIf(there.length === 0)('in real projects, SQL and snapshots of MySQL', () => {
  test.for(PROJECTS.filter((name) => there.includes(name)))(
    'differ in %s as known',
    async (name) => {
      const { tree } = workingTree(join(corpus, name))
      const { projects } = await discoverProjects(tree, undefined)
      const engine = createEngine()
      const reader = engine.snapshots()
      const found: string[] = []
      for (const { dialect, out } of projects) {
        if (dialect !== 'mysql') continue
        const { migrations } = readMigrationFolder(tree, out)
        const compared = migrations.map(({ name: tag, file, snapshot }) => ({
          source: { name: tag, file, text: tree.read(file)?.toString('utf8') ?? '' },
          snapshot: () => {
            const content = tree.read(snapshot)
            return content ? parseSnapshot(reader, content) : null
          },
        }))
        const start = { snapshot: null, deployed: [] }
        const { mismatches } = compareSnapshots(engine, SESSION, start, compared)
        for (const { subject, changes } of mismatches) {
          const object = subject.table
            ? displayColumn(subject.table, subject.name.name)
            : subject.name.name
          found.push(`${object}: ${changes.map(({ kind }) => kind).join()}`)
        }
      }
      expect(found.sort()).toEqual(KNOWN[name] ?? [])
    },
  )
})
