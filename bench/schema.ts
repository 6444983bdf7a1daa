// Lints the schema files of real projects, and holds require-foreign-key-index against their own
// latest snapshots: node bench/start.mjs schema <folder of checkouts> [--list rule]
// A checkout is a folder `owner+name`; nothing of them is kept.
import { join } from 'node:path'
import { columnLabel, columnOf } from '../src/schema/model.ts'
import { snakeCase } from '../src/schema/casing.ts'
import { type LintedFile, lintCheckouts } from './schemaFiles.ts'
import { type SnapshotTable, snapshotTables } from './snapshotKeys.ts'

const args = process.argv.slice(2)
const folder = args.find((given) => !given.startsWith('--')) ?? process.env.MIGRATION_LINT_CHECKOUTS
if (!folder) throw new Error('name a folder of checkouts')
const listed = args.includes('--list') ? args[args.indexOf('--list') + 1] : undefined

const files = lintCheckouts(folder)
const snapshots = new Map<string, SnapshotTable[]>()
for (const { project } of files) {
  if (!snapshots.has(project))
    snapshots.set(project, snapshotTables(join(folder, project.replace('/', '+'))))
}

const rows = new Map<
  string,
  { compared: number; both: number; onlyTool: number; onlySnapshot: number; unread: number }
>()
for (const file of files) {
  const row = rows.get(file.project) ?? {
    compared: 0,
    both: 0,
    onlyTool: 0,
    onlySnapshot: 0,
    unread: 0,
  }
  rows.set(file.project, row)
  compare(file, row)
}
console.log(
  '| project | files | tables | foreign keys compared | unindexed, both say | only the rule | only the snapshot | key not in the file |',
)
console.log('|---|--:|--:|--:|--:|--:|--:|--:|')
const total = [0, 0, 0, 0, 0, 0, 0]
for (const [project, row] of rows) {
  const own = files.filter((file) => file.project === project)
  const cells = [
    own.length,
    own.reduce((sum, { schema }) => sum + schema.tables.length, 0),
    ...Object.values(row),
  ]
  cells.forEach((cell, index) => (total[index] = (total[index] ?? 0) + cell))
  console.log(`| ${[project, ...cells].join(' | ')} |`)
}
console.log(`| all | ${total.join(' | ')} |`)

const counts = new Map<string, number>()
for (const { ruleId } of files.flatMap(({ messages }) => messages))
  counts.set(ruleId ?? '', (counts.get(ruleId ?? '') ?? 0) + 1)
console.log([...counts].map(([rule, count]) => `${rule}: ${count}`).join('\n'))
for (const { project, path, text, messages } of files) {
  for (const { ruleId, line, message } of messages) {
    if (ruleId !== `migration-lint/${listed}`) continue
    console.log(`${project} ${path}:${line} ${message}\n    ${text.split('\n')[line - 1]?.trim()}`)
  }
}

function compare(
  file: LintedFile,
  row: { compared: number; both: number; onlyTool: number; onlySnapshot: number; unread: number },
): void {
  const accused = file.messages
    .filter(({ ruleId }) => ruleId === 'migration-lint/require-foreign-key-index')
    .map(({ message }) => /No index leads with (.*), so every/.exec(message)?.[1])
  for (const table of file.schema.tables) {
    const names = table.columns.map(({ name, key }) => name ?? snakeCase(key))
    const same = (snapshots.get(file.project) ?? []).filter(
      ({ dialect, name, columns }) =>
        dialect === table.dialect &&
        name === table.name &&
        names.filter((column) => columns.includes(column)).length >= 0.7 * names.length,
    )
    const [known] = same
    if (known === undefined || table.dialect === 'mysql') continue
    for (const key of known.foreignKeys) {
      const declared = table.foreignKeys.find(
        ({ columns }) =>
          columns
            .map((column) => columnOf(table, column)?.name ?? snakeCase(column ?? ''))
            .join() === key.columns.join(),
      )
      const label = declared?.columns.map((column) => columnLabel(table, column ?? '')).join(', ')
      const tool = label !== undefined && accused.includes(label)
      row.compared++
      if (declared === undefined) row.unread++
      if (tool && !key.served) row.both++
      if (tool && key.served) row.onlyTool++
      if (!tool && !key.served) row.onlySnapshot++
      if (tool === key.served)
        console.log(
          `${tool ? 'only tool' : 'only snapshot'}: ${file.project} ${file.path} ${table.name} (${key.columns.join()})${declared ? '' : ' not in the file'}`,
        )
    }
  }
}
