import type { LockMode } from '../../dialects/postgres/lockModes.ts'
import { LOCK_MODES } from '../../dialects/postgres/lockModes.ts'
import type { TraceClient } from './client.ts'

/** What kind of relation a name stands for. */
export type RelationKind =
  | 'table'
  | 'partitioned table'
  | 'foreign table'
  | 'view'
  | 'materialized view'
  | 'sequence'
  | 'index'
  | 'partitioned index'

const KINDS: Readonly<Record<string, RelationKind>> = {
  r: 'table',
  p: 'partitioned table',
  f: 'foreign table',
  v: 'view',
  m: 'materialized view',
  S: 'sequence',
  i: 'index',
  I: 'partitioned index',
}

/** One relation as the catalog has it now. */
export interface RelationState {
  readonly schema: string
  readonly name: string
  readonly kind: RelationKind
  /** Names the file that holds it: another file means it was rewritten. Null: has no storage. */
  readonly filenode: number | null
  /** Of an index, the table it stands on. */
  readonly table: number | null
}

/** What one look at the server sees. Relations go by oid, the only name that never changes. */
export interface State {
  readonly relations: ReadonlyMap<number, RelationState>
  /** Tuples sequential scans have returned so far. */
  readonly read: ReadonlyMap<number, number>
  /** The strongest lock this session holds. */
  readonly locks: ReadonlyMap<number, LockMode>
}

/**
 * Everything a trace compares, in one query that locks no user relation. All names are qualified
 * because a migration may have set any search_path.
 *
 * Inside a transaction the counters of `pg_stat_xact_*` are exact and at once; outside, those of
 * `pg_stat_*` are, once flushed.
 */
function stateQuery(counters: 'pg_stat_xact_user_tables' | 'pg_stat_user_tables'): string {
  return `
    select (
      select pg_catalog.json_agg(pg_catalog.json_build_array(
        c.oid::bigint, n.nspname, c.relname, c.relkind,
        pg_catalog.pg_relation_filenode(c.oid)::bigint, i.indrelid::bigint))
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      left join pg_catalog.pg_index i on i.indexrelid = c.oid
      where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S', 'i', 'I')
        and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
    ) as relations, (
      select pg_catalog.json_agg(pg_catalog.json_build_array(s.relid::bigint, s.seq_tup_read))
      from pg_catalog.${counters} s where s.seq_tup_read > 0
    ) as read, (
      select pg_catalog.json_agg(pg_catalog.json_build_array(l.relation::bigint, l.mode))
      from pg_catalog.pg_locks l
      where l.locktype = 'relation' and l.granted and l.pid = pg_catalog.pg_backend_pid()
    ) as locks`
}

/** Looks at the server from within the transaction under trace. */
export async function readState(client: TraceClient): Promise<State> {
  return toState(await client.query(stateQuery('pg_stat_xact_user_tables')))
}

/**
 * Looks at the server between statements that each were a transaction of their own: their locks
 * are gone by now.
 */
export async function readCommittedState(client: TraceClient): Promise<State> {
  const { rows } = await client.query(
    "select pg_catalog.current_setting('server_version_num')::int >= 150000 as flushable",
  )
  // Before version 15 a session reports what it scanned when it ends a transaction, and not within
  // half a second of its last report (PGSTAT_STAT_INTERVAL).
  const flush = rows[0]?.flushable ? 'pg_stat_force_next_flush()' : 'pg_sleep(0.6)'
  await client.query(`select pg_catalog.${flush}`)
  return toState(await client.query(stateQuery('pg_stat_user_tables')))
}

type RelationRow = [number, string, string, string, number | null, number | null]

function toState({ rows }: { rows: Record<string, unknown>[] }): State {
  const row = rows[0] ?? {}
  const relations = new Map<number, RelationState>()
  for (const [oid, schema, name, kind, filenode, table] of list<RelationRow>(row.relations)) {
    relations.set(oid, { schema, name, kind: KINDS[kind] ?? 'table', filenode, table })
  }
  const locks = new Map<number, LockMode>()
  for (const [oid, name] of list<[number, string]>(row.locks)) {
    const mode = LOCK_MODES.find((candidate) => `${candidate}Lock` === name)
    if (mode) locks.set(oid, strongest(locks.get(oid), mode))
  }
  return { relations, read: new Map(list<[number, number]>(row.read)), locks }
}

function strongest(held: LockMode | undefined, mode: LockMode): LockMode {
  return held && LOCK_MODES.indexOf(held) > LOCK_MODES.indexOf(mode) ? held : mode
}

function list<Row>(value: unknown): Row[] {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value
  return Array.isArray(parsed) ? (parsed as Row[]) : []
}
