import { quoteIdentifier } from '../trace/client.ts'
import { isOwn } from './look.ts'
import type { RemoteDatabase } from './remote.ts'

/** A column that an INSERT can name. */
export interface SeedColumn {
  readonly name: string
  /** Upper case, as it was declared. */
  readonly type: string
  readonly notNull: boolean
  /** Whether it refers to another table. */
  readonly refers: boolean
  /** Whether a key or a unique index has it. */
  readonly distinct: boolean
}

/** A table to be filled. */
export interface SeedTable {
  readonly name: string
  /** Quoted. */
  readonly sql: string
  readonly columns: readonly SeedColumn[]
  /** The text of its CHECKs and what else its definition says. */
  readonly definition: string
}

/** The tables of a database with the columns that are not computed. */
export async function seedTables(database: RemoteDatabase): Promise<readonly SeedTable[]> {
  const tables = await database.all(
    "select name, sql from sqlite_master where type = 'table' and rootpage > 0 order by rowid",
  )
  const columns = await database.all(`
    select m.name as tbl, c.name as name, upper(c.type) as type, c."notnull" as required, c.pk as pk,
      exists (select 1 from pragma_foreign_key_list(m.name) k where lower(k."from") = lower(c.name))
        as refers,
      exists (select 1 from pragma_index_list(m.name) l, pragma_index_info(l.name) i
        where l."unique" = 1 and i.name = c.name) as uniq
    from sqlite_master m, pragma_table_xinfo(m.name) c
    where m.type = 'table' and m.rootpage > 0 and c.hidden = 0`)
  return tables
    .filter(({ name }) => isOwn(String(name)))
    .map(({ name, sql }) => ({
      name: String(name),
      sql: quoteIdentifier(String(name)),
      definition: String(sql),
      columns: columns
        .filter(({ tbl }) => tbl === name)
        .map((column) => ({
          name: String(column.name),
          type: String(column.type),
          notNull: Number(column.required) === 1 || Number(column.pk) > 0,
          refers: Number(column.refers) === 1,
          distinct: Number(column.pk) > 0 || Number(column.uniq) === 1,
        })),
    }))
}
