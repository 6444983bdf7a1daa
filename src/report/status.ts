import type { MigrationStatus } from '../check/status/compareApplied.ts'
import type { ProjectStatus } from '../check/status/status.ts'
import { type TableSize, sizeInWords } from '../finding/tableSize.ts'
import type { Paint } from './paint.ts'
import { printable, printableJson } from './printable.ts'
import { count } from './summary.ts'

/** More names than these are counted. */
const MOST = 12

const STATES = [
  ['applied', 'applied'],
  ['pending', 'pending'],
  ['skipped', 'will be skipped: older than the last applied migration, so the migrator skips it'],
  ['edited', 'edited after it was applied: the database ran the old text'],
  ['unknown', 'applied, but unknown here: another branch, or a migration that was deleted'],
] as const

/** A status for people. */
export function statusText(status: ProjectStatus, paint: Paint): string {
  const { project, server, table, migrations, role, sizes } = status
  const kept =
    table === null
      ? 'keeps no record of migrations: none was applied by a migrator, or it keeps it elsewhere'
      : `keeps its record in ${table}`
  const lines = [printable(`${project}: ${server} ${kept}`)]
  for (const [state, words] of STATES) {
    const own = migrations.filter((one) => one.state === state)
    if (own.length === 0) continue
    const isFault = state !== 'applied' && state !== 'pending'
    const head = `${own.length} ${words}`
    lines.push(`  ${isFault ? paint(['bold', 'red'], head) : head}`)
    const shown = state === 'applied' ? own.slice(-1) : own.slice(0, MOST)
    for (const one of shown) lines.push(`    ${state === 'applied' ? 'last: ' : ''}${named(one)}`)
    if (state !== 'applied' && own.length > MOST) lines.push(`    and ${own.length - MOST} more`)
  }
  if (sizes !== null) lines.push(...sizeLines(status, sizes))
  if (role?.writes) {
    lines.push(
      printable(
        `  The role ${role.name} may change the database. It was only asked; a role that can read is enough.`,
      ),
    )
  }
  return `${lines.join('\n')}\n`
}

function named({ name, at }: MigrationStatus): string {
  const time = at === null ? '' : `  ${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}`
  return printable(`${name}${time}`)
}

function sizeLines(
  { touched }: ProjectStatus,
  sizes: ReadonlyMap<string, TableSize>,
): readonly string[] {
  if (touched.length === 0) return ['  Nothing that is pending touches a table.']
  const known = touched.flatMap((name) => {
    const size = sizes.get(name)
    return size ? [`    ${printable(name)}: ${sizeInWords(size)}`] : []
  })
  return [`  ${count(touched.length, 'table')} touched by what is pending`, ...known]
}

/** A status as JSON. */
export function statusJson(status: ProjectStatus): string {
  const { project, server, table, migrations, sizes, touched, problems } = status
  const tables = touched.map((name) => ({
    name,
    ...(sizes?.get(name) ?? { rows: null, bytes: null }),
  }))
  return `${printableJson({
    version: 1,
    project,
    server,
    table,
    migrations,
    ...(sizes && { tables }),
    problems,
  })}\n`
}
