import type { QualifiedName } from '../../../catalog/names.ts'
import type { ViewSource } from '../../../catalog/viewSource.ts'
import { findTable } from '../../../catalog/catalog.ts'
import { SourceCollector } from '../../ddl/querySources.ts'
import type { Expr } from '../../ddl/syntax.ts'
import type { CreateTrigger, CreateView } from '../statements/statement.ts'
import { type Translation, columnName } from '../../ddl/translation.ts'
import { lookupIn, newName, relationName } from './translation.ts'

/** CREATE VIEW. */
export function createView(translation: Translation, statement: CreateView): void {
  const catalog = translation.catalog()
  const collector = new SourceCollector(lookupIn(catalog))
  collector.query(statement.query)
  translation.emit(
    {
      kind: 'CreateView',
      view: {
        ...newName(statement.name, statement.temporary),
        materialized: false,
        reads: collector.sources(),
        indexes: [],
        createdIn: catalog.deployment,
      },
      replace: false,
      ifNotExists: statement.ifNotExists,
      withData: false,
    },
    { name: statement.name },
  )
}

/** CREATE TRIGGER. */
export function createTrigger(translation: Translation, statement: CreateTrigger): void {
  const table = relationName(translation.catalog(), statement.table)
  translation.emit(
    {
      kind: 'CreateTrigger',
      table,
      trigger: statement.name.name.text,
      replace: false,
      ifNotExists: statement.ifNotExists,
      mentions: mentionsOf(translation, table, statement),
    },
    { name: statement.name, table: statement.table },
  )
}

/** What the statements of a trigger read and write, and what they need of its own table's row. */
function mentionsOf(
  translation: Translation,
  table: QualifiedName,
  statement: CreateTrigger,
): readonly ViewSource[] {
  const catalog = translation.catalog()
  const lookup = lookupIn(catalog)
  const collector = new SourceCollector(lookup)
  const rows = ['new', 'old'].map((alias) => ({ relation: table, alias }))
  collector.mention(
    table,
    statement.columns.map((name) => columnName(findTable(catalog, table), name)),
  )
  const read = (expressions: readonly Expr[], target: QualifiedName | null) => {
    const own = target ? [{ relation: target, alias: target.name.toLowerCase() }] : []
    // NEW and OLD are always named.
    const named = expressions
    collector.expressions(named, [...own, ...rows])
  }
  if (statement.when) read([statement.when], null)
  for (const part of statement.body) {
    if (part.kind === 'select') {
      collector.query(part.query, new Set(), rows)
      continue
    }
    const target = lookup.relation(part.table)
    collector.mention(target, [])
    if (part.kind === 'insert') {
      collector.mention(
        target,
        part.columns.flatMap(({ text }) => lookup.column(target, text) ?? []),
      )
      if (part.query) collector.query(part.query, new Set(), rows)
    } else if (part.kind === 'update') {
      const names = part.assignments.flatMap(({ columns }) => columns)
      collector.mention(
        target,
        names.flatMap(({ text }) => lookup.column(target, text) ?? []),
      )
      for (const name of part.from) collector.mention(lookup.relation(name), [])
      read(
        part.assignments.map(({ value }) => value),
        target,
      )
    }
    if (part.kind !== 'insert' && part.where) read([part.where], target)
    read(part.also, target)
  }
  return collector.sources()
}
