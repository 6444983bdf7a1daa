import { type QualifiedName, nameKey } from '../../catalog/names.ts'
import type { ViewSource } from '../../catalog/viewSource.ts'
import type { Expr, ObjectName, Query, QueryPart } from './syntax.ts'
import { walk } from './expressionFacts.ts'

/** What is looked up in a catalog to know what a query reads. */
export interface Lookup {
  relation(name: ObjectName): QualifiedName
  /** The table's spelling of a column; undefined if it has none of that name. */
  column(relation: QualifiedName, name: string): string | undefined
}

/** Collects the relations that queries read, and the columns of them that are named. */
export class SourceCollector {
  private readonly found = new Map<
    string,
    { readonly relation: QualifiedName; columns: Set<string> | null }
  >()
  private readonly lookup: Lookup

  constructor(lookup: Lookup) {
    this.lookup = lookup
  }

  sources(): readonly ViewSource[] {
    return [...this.found.values()].map(({ relation, columns }) => ({
      relation,
      columns: columns && [...columns],
    }))
  }

  /** @param common - names that stand for queries of a WITH */
  query(query: Query, common: ReadonlySet<string> = new Set(), outer: readonly Scope[] = []): void {
    const known = new Set(common)
    for (const { name } of query.with) known.add(name.text.toLowerCase())
    for (const entry of query.with) this.query(entry.query, known)
    for (const part of query.parts) this.part(part, query.orderBy, known, outer)
  }

  /** A relation that is read, or written, with the columns that are named. */
  mention(relation: QualifiedName, columns: readonly string[]): void {
    const entry = this.entry(relation)
    for (const column of columns) entry.columns?.add(column)
  }

  /** What an expression reads of the relations in front of it. */
  expressions(
    roots: readonly Expr[],
    scopes: readonly Scope[],
    common: ReadonlySet<string> = new Set(),
  ): void {
    walk(roots, (expr) => {
      if (expr.kind === 'subquery') this.query(expr.query, common, scopes)
      else if (expr.kind === 'column') {
        for (const { relation, alias } of scopes) {
          const isOther = expr.table !== null && expr.table.text.toLowerCase() !== alias
          const column = this.lookup.column(relation, expr.name.text)
          if (!isOther && column !== undefined) this.entry(relation).columns?.add(column)
        }
      }
    })
  }

  private part(
    part: QueryPart,
    orderBy: readonly Expr[],
    common: ReadonlySet<string>,
    outer: readonly Scope[],
  ): void {
    const own: Scope[] = []
    for (const source of part.sources) {
      if (source.query) this.query(source.query, common, outer)
      if (source.table === null || isCommon(source.table, common)) continue
      const relation = this.lookup.relation(source.table)
      this.entry(relation)
      own.push({ relation, alias: (source.alias ?? source.table.name).text.toLowerCase() })
    }
    for (const result of part.results) {
      if (result.kind !== 'all') continue
      for (const { relation, alias } of own) {
        if (result.table && result.table.text.toLowerCase() !== alias) continue
        this.entry(relation).columns = null
      }
    }
    const expressions = [
      ...orderBy,
      ...part.conditions,
      ...part.results.flatMap((result) =>
        result.kind === 'expression' ? [result.expression] : [],
      ),
      ...part.sources.flatMap((source) => source.arguments),
      ...(part.values ?? []).flat(),
    ]
    this.expressions(expressions, [...own, ...outer], common)
  }

  private entry(relation: QualifiedName) {
    const key = nameKey(relation)
    const known = this.found.get(key)
    if (known) return known
    const entry = { relation, columns: new Set<string>() as Set<string> | null }
    this.found.set(key, entry)
    return entry
  }
}

/** A relation whose columns an expression can name, and what it calls it. */
export interface Scope {
  readonly relation: QualifiedName
  readonly alias: string
}

function isCommon({ schema, name }: ObjectName, common: ReadonlySet<string>): boolean {
  return schema === null && common.has(name.text.toLowerCase())
}
