import { columnsOfType } from '../../catalog/catalog.ts'
import { type Subject, subjectKey, subjectOf } from '../../catalog/subject.ts'
import type { Change, ChangeBody } from '../../catalog/change.ts'
import type { QualifiedName } from '../../catalog/names.ts'
import type { SetAside } from './comparison.ts'

/** What the SQL since the last comparison may have done without telling. */
export class Uncertainty {
  private opaque = false
  private statements = 0
  private readonly changes: Change[] = []
  private readonly perhaps = new Set<string>()
  /** What plain SQL touched since anything opaque. */
  private readonly certain = new Set<string>()
  private readonly fails: (change: Change) => boolean
  /** What statements are about that fail. */
  private failing: ReadonlySet<string> | null = null

  /** @param fails - whether a change fails whenever it is run */
  constructor(fails: (change: Change) => boolean) {
    this.fails = fails
  }

  see(statements: readonly { readonly changes: readonly Change[] }[]): void {
    this.statements += statements.length
    for (const change of statements.flatMap(({ changes }) => changes)) {
      this.changes.push(change)
      if (OPAQUE.has(change.kind)) this.everything()
      for (const subject of touched(change)) {
        const key = subjectKey(subject)
        if (change.origin.guarded) this.perhaps.add(key)
        else this.certain.add(key)
      }
    }
  }

  /** Anything may have happened by now. */
  everything(): void {
    this.opaque = true
    this.certain.clear()
  }

  /**
   * Why nobody can tell whether an object differs; null if it can be told. SQL that is put together at
   * run time or not modelled may have done anything, but to what plain SQL made afterwards. What a
   * statement is about that fails whenever it is run never comes to be, and other rules say so. A
   * first migration without any statement is what `drizzle-kit pull` writes: the database was there
   * before.
   */
  reason(key: string, changes: readonly ChangeBody[], isFirst: boolean): SetAside['reason'] | null {
    if (covers(this.perhaps, key) || changes.some((change) => this.typeIsPerhaps(change)))
      return 'condition'
    if (isFirst && this.statements === 0) return 'introspected'
    if (this.opaque && !covers(this.certain, key)) return 'opaque'
    this.failing ??= new Set(this.changes.filter(this.fails).flatMap(hidden).map(subjectKey))
    return covers(this.failing, key) ? 'fails' : null
  }

  /** The last change since the last comparison that made an object, or a part of it, what it is. */
  lastTouch(key: string): Change | undefined {
    const keysOf = (change: Change) => touched(change).map(subjectKey)
    return (
      this.changes.findLast((change) => keysOf(change).includes(key)) ??
      this.changes.findLast(
        (change) => change.kind === 'CreateTable' && keysOf(change).includes(tableOf(key)),
      )
    )
  }

  private typeIsPerhaps(change: ChangeBody): boolean {
    const types = change.kind === 'AlterColumnType' ? [change.from, change.to] : []
    return types.some(
      (type) =>
        type !== null &&
        type.schema !== null &&
        this.perhaps.has(
          subjectKey({ kind: 'enum', table: null, name: { ...type, schema: type.schema } }),
        ),
    )
  }
}

/** Whether a set has the key of an object, or of its table. */
function covers(keys: ReadonlySet<string>, key: string): boolean {
  return keys.has(key) || keys.has(tableOf(key))
}

/** The key of the table that an object is a part of. */
export function tableOf(key: string): string {
  return /^table [^]*?(?= (?:column|constraint|index|policy) |$)/.exec(key)?.[0] ?? key
}

const OPAQUE: ReadonlySet<Change['kind']> = new Set(['OpaqueSql', 'UnparsedSql', 'Unmodelled'])

/** The objects a change makes another one, under their names on both sides. */
export function touched(change: Change): readonly Subject[] {
  const subject = subjectOf(change)
  const old = oldName(change)
  return [...(subject ? [subject] : []), ...(old ? [old] : [])]
}

/** What a change that fails seems to have done: dropping a type takes its columns along in a replay. */
function hidden(change: Change): readonly Subject[] {
  const columns = change.kind === 'DropType' ? columnsOfType(change.before, change.type) : []
  return [
    ...touched(change),
    ...columns.map(({ table: { schema, name }, column }): Subject => ({
      kind: 'column',
      table: { schema, name },
      name: { schema, name: column.name },
    })),
  ]
}

function oldName(change: Change): Subject | null {
  const part = (kind: Subject['kind'], table: QualifiedName, name: string): Subject => ({
    kind,
    table,
    name: { schema: table.schema, name },
  })
  switch (change.kind) {
    case 'RenameTable':
    case 'SetTableSchema':
      return { kind: 'table', table: null, name: change.table }
    case 'RenameColumn':
      return part('column', change.table, change.column)
    case 'RenameConstraint':
      return part('constraint', change.table, change.constraint)
    case 'RenameType':
      return { kind: 'enum', table: null, name: change.type }
    case 'RenameView':
      return { kind: 'view', table: null, name: change.view }
    default:
      return null
  }
}
