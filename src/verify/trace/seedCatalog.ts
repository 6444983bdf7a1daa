import type { TraceClient } from './client.ts'

/** A data type, as far as making a value of it needs. */
export interface SeedType {
  readonly name: string
  /** As SQL text, with schema where needed. */
  readonly sql: string
  /** pg_type.typtype: base, enum, domain, range, … */
  readonly kind: string
  /** pg_type.typcategory: Numeric, String, Array, … */
  readonly category: string
  /** The type of an array's elements, a domain's base or a range's bounds. */
  readonly inner: number | null
  /** A domain's modifier for its base. */
  readonly modifier: number
}

export interface SeedColumn {
  readonly name: string
  readonly type: number
  readonly modifier: number
  readonly notNull: boolean
  /** The sequence an identity or serial column draws from. */
  readonly sequence: string | null
  /** Whether a unique index or an exclusion constraint names it. */
  readonly distinct: boolean
  /** Whether it refers to another table. */
  readonly refers: boolean
}

export interface SeedTable {
  /** As SQL text: qualified and quoted. */
  readonly sql: string
  readonly schema: string
  readonly name: string
  /** The names of its indexes. */
  readonly indexes: readonly string[]
  /** What can be inserted: generated columns are left out. */
  readonly columns: readonly SeedColumn[]
  /** Whether an extension's index makes rows costly to insert: a thousand vectors take seconds. */
  readonly costly: boolean
  /** Conditions every row must meet (CHECK, also of domains; partition bounds), over columns. */
  readonly conditions: readonly string[]
}

export interface SeedForeignKey {
  readonly child: string
  readonly parent: string
  /** Column pairs, quoted. */
  readonly columns: readonly (readonly [child: string, parent: string])[]
}

export interface SeedCatalog {
  readonly tables: readonly SeedTable[]
  readonly types: ReadonlyMap<number, SeedType>
  readonly foreignKeys: readonly SeedForeignKey[]
  /** Populated materialized views, oldest first. */
  readonly materializedViews: readonly string[]
}

/** SQL for a relation's name as SQL text, whatever the search_path. */
function qualified(oid: string): string {
  return `(select format('%I.%I', n.nspname, c.relname) from pg_class c
    join pg_namespace n on n.oid = c.relnamespace where c.oid = ${oid})`
}

const QUERY = `
  select (
    select json_agg(json_build_object(
      'sql', format('%I.%I', n.nspname, c.relname), 'schema', n.nspname, 'name', c.relname,
      'indexes', (select coalesce(json_agg(x.relname), '[]') from pg_index i
        join pg_class x on x.oid = i.indexrelid where i.indrelid = c.oid),
      'costly', exists (select from pg_index i join pg_class x on x.oid = i.indexrelid
        join pg_am m on m.oid = x.relam where i.indrelid = c.oid
        and m.amname not in ('btree', 'hash', 'gin', 'gist', 'spgist', 'brin')),
      'columns', (
        select coalesce(json_agg(json_build_object(
          'name', a.attname, 'type', a.atttypid::bigint, 'modifier', a.atttypmod,
          'notNull', a.attnotnull or t.typnotnull,
          'distinct', exists (select from pg_index i where i.indrelid = c.oid
            and (i.indisunique or i.indisexclusion) and a.attnum = any (i.indkey)),
          'refers', exists (select from pg_constraint f where f.conrelid = c.oid
            and f.contype = 'f' and a.attnum = any (f.conkey)),
          'sequence', pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname)
        ) order by a.attnum), '[]')
        from pg_attribute a join pg_type t on t.oid = a.atttypid
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''),
      'conditions', (
        select coalesce(json_agg(condition order by condition), '[]') from (
          select pg_get_expr(k.conbin, k.conrelid) as condition from pg_constraint k
            where k.conrelid = c.oid and k.contype = 'c'
          union all select pg_get_partition_constraintdef(c.oid) where c.relispartition
          union all
          select regexp_replace(
              pg_get_expr(k.conbin, 0), '\\mVALUE\\M', quote_ident(a.attname), 'g')
            from pg_attribute a join pg_constraint k on k.contypid = a.atttypid
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and k.contype = 'c'
        ) as found where condition is not null)
    ) order by c.oid)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
        and d.objid = c.oid and d.deptype = 'e')
  ) as tables, (
    select json_agg(json_build_array(t.oid::bigint, json_build_object(
      'name', t.typname, 'sql', format_type(t.oid, -1), 'kind', t.typtype,
      'category', t.typcategory,
      'inner', coalesce(r.rngsubtype, nullif(t.typbasetype, 0), nullif(t.typelem, 0))::bigint,
      'modifier', t.typtypmod)))
    from pg_type t left join pg_range r on r.rngtypid = t.oid where t.typrelid = 0
  ) as types, (
    select json_agg(json_build_object(
      'child', ${qualified('k.conrelid')}, 'parent', ${qualified('k.confrelid')},
      'columns', (
        select json_agg(json_build_array(quote_ident(c.attname), quote_ident(p.attname)))
        from unnest(k.conkey, k.confkey) as pair(child, parent)
        join pg_attribute c on c.attrelid = k.conrelid and c.attnum = pair.child
        join pg_attribute p on p.attrelid = k.confrelid and p.attnum = pair.parent)
    ) order by k.oid)
    from pg_constraint k where k.contype = 'f' and k.convalidated
  ) as "foreignKeys", (
    select json_agg(${qualified('v.oid')} order by v.oid) from pg_class v
    where v.relkind = 'm' and v.relispopulated
  ) as "materializedViews"`

/** Reads what seeding needs to know of every table with storage, in one query. */
export async function readSeedCatalog(client: TraceClient): Promise<SeedCatalog> {
  const { rows } = await client.query(QUERY)
  const row = rows[0] ?? {}
  return {
    tables: list<SeedTable>(row.tables),
    types: new Map(list<[number, SeedType]>(row.types)),
    foreignKeys: list<SeedForeignKey>(row.foreignKeys),
    materializedViews: list<string>(row.materializedViews),
  }
}

function list<Row>(value: unknown): Row[] {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value
  return Array.isArray(parsed) ? (parsed as Row[]) : []
}
