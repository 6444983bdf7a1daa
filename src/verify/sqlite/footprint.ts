import type { QualifiedName } from '../../catalog/names.ts'
import type { Loss } from '../../dialects/effects.ts'
import { type Footprint, NO_FOOTPRINT } from '../trace/difference.ts'
import type { Look } from './look.ts'
import type { Instruction, Program } from './programs.ts'

/** Tables that the program of a statement goes through from end to end. */
export interface Loops {
  readonly read: ReadonlySet<string>
  /** Of these, the ones whose cursor writes. */
  readonly written: ReadonlySet<string>
}

/**
 * The tables that a statement reads in full, by its program: a cursor on the table (or on one of its
 * indexes) that is set to the start and stepped to the end.
 */
export function loopsOf({ steps: program, owners: pages }: Program): Loops {
  const owners = new Map(pages)
  const read = new Set<string>()
  const written = new Set<string>()
  // A trigger's or a foreign key's program has cursors of its own, with the same numbers again.
  const end = program.findIndex(({ opcode }, i) => i > 0 && opcode === 'Init')
  const main = end < 0 ? program : program.slice(0, end)
  const cursors = new Map<number, { readonly table: string; readonly writes: boolean }>()
  for (const [at, { opcode, p1, p2, p3 }] of main.entries()) {
    if (opcode === 'OpenRead' || opcode === 'OpenWrite') {
      const table = p3 === 0 ? owners.get(p2) : undefined
      if (table === undefined) cursors.delete(p1)
      else cursors.set(p1, { table, writes: opcode === 'OpenWrite' })
    }
    const cursor = cursors.get(p1)
    const body = opcode === 'Rewind' || opcode === 'Last' ? loopFrom(main, at) : null
    if (body && cursor && !body.some(({ opcode: step }) => ASIDE.has(step))) {
      read.add(cursor.table)
      if (cursor.writes) written.add(cursor.table)
    }
    // DELETE without a condition frees every page of the table at once.
    const cleared = opcode === 'Clear' && p2 === 0 ? owners.get(p1) : undefined
    if (cleared !== undefined) {
      read.add(cleared)
      written.add(cleared)
    }
  }
  return { read, written }
}

/** How a foreign key looks up the other table; a look whether there is any row at all. */
const ASIDE = new Set(['FkCounter', 'Halt'])

/** What is done for each row from here on, if it is a loop. */
function loopFrom(program: readonly Instruction[], at: number): readonly Instruction[] | null {
  const cursor = program[at]!.p1
  const end = program.findIndex(
    ({ opcode, p1 }, i) => i > at && p1 === cursor && (opcode === 'Next' || opcode === 'Prev'),
  )
  return end < 0 ? null : program.slice(at, end)
}

/**
 * What a statement did to tables that were there before the deployment.
 *
 * @param start - before the deployment
 */
export function footprintOf(
  start: Look,
  before: Look,
  after: Look,
  loops: Loops,
  sql: string,
): Footprint & { readonly losses: readonly Loss[] } {
  const isOld = (name: string) => start.tables.has(name)
  const replaced = [...after.tables.values()].filter(
    ({ name, root }) => isOld(name) && hadOtherRoot(start, name, root) && !isAt(before, name, root),
  )
  const rewritten = new Set([
    ...[...loops.written].filter((name) => isOld(name) && isWhole(name, sql, before, after)),
    ...replaced.map(({ name }) => name),
  ])
  const built = [...after.indexes].filter(
    // A table that was made again gets its indexes again: that is part of its rewrite.
    ([name, table]) =>
      !before.indexes.has(name) && isSame(start, before, table) && loops.read.has(table),
  )
  const builtOn = new Set(built.map(([, table]) => table))
  // What a table that is dropped was read for went with it.
  const isIndex = [...after.indexes.keys()].some((name) => !before.indexes.has(name))
  const isThere = (name: string) =>
    isOld(name) && after.tables.has(name) && (!isIndex || isSame(start, before, name))
  const scanned = [...new Set([...loops.read, ...rewritten])].filter(isThere)
  const all = [...scanned, ...rewritten, ...builtOn]
  return {
    ...NO_FOOTPRINT,
    rewritten: [...rewritten].filter((name) => !builtOn.has(name)).sort(),
    scanned: scanned.sort(),
    built: built.map(([name]) => name).sort(),
    builtOn: [...builtOn].sort(),
    names: Object.fromEntries(all.map((name) => [name, qualified(name)])),
    losses: lossesOf(start, before, after),
  }
}

/** Whether a table is the one that was there at first. */
function isSame(start: Look, before: Look, name: string): boolean {
  const root = before.tables.get(name)?.root
  return root !== undefined && start.tables.get(name)?.root === root
}

const OF_ROWS = /^(?:\s|--.*(?:\n|$)|\/\*[\s\S]*?\*\/)*(?:insert|replace|update|delete|with)\b/i

/** Whether a loop that writes met every row: UPDATE and DELETE have conditions. */
function isWhole(name: string, sql: string, before: Look, after: Look): boolean {
  const rows = before.tables.get(name)?.rows ?? 0
  return !OF_ROWS.test(sql) || (rows > 0 && after.changes - before.changes >= rows)
}

function hadOtherRoot({ tables }: Look, name: string, root: number): boolean {
  return tables.get(name)?.root !== root
}

function isAt({ tables }: Look, name: string, root: number): boolean {
  return tables.get(name)?.root === root
}

/** Rows and references that are gone from tables that are still there. */
function lossesOf(start: Look, before: Look, after: Look): readonly Loss[] {
  const now = new Map([...after.tables.values()].map((table) => [table.root, table]))
  return [...before.tables.values()].flatMap((table): Loss[] => {
    const left = now.get(table.root)
    if (left === undefined || !start.tables.has(table.name)) return []
    const { name } = table
    if (left.rows < table.rows) return [{ why: 'cascaded', table: qualified(name), columns: null }]
    const emptied = [...table.values].flatMap(([column, values]) =>
      (left.values.get(column) ?? values) < values ? [column] : [],
    )
    return emptied.length === 0
      ? []
      : [{ why: 'set null', table: qualified(name), columns: emptied }]
  })
}

function qualified(name: string): QualifiedName {
  return { schema: '', name }
}
