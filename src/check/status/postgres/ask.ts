import { requireAddress } from '../../../verify/server/address.ts'
import { connect } from '../../../verify/server/connect.ts'
import { readOnly } from '../../../verify/server/readOnly.ts'
import type { ReadOnly } from '../../../verify/onlySelect.ts'
import type { Asked, Question } from '../asked.ts'
import { asking } from '../asking.ts'
import { appliedMigrations } from './appliedMigrations.ts'
import { readSizes } from './sizes.ts'

/** Asks a PostgreSQL server, in a transaction that it keeps from writing. See `Ask`. */
export async function askPostgres(question: Question): Promise<Asked> {
  const address = requireAddress(question.url)
  const client = await connect(address, question.from)
  return asking(address, client, () => readOnly(client, (database) => ask(database, question)))
}

async function ask(database: ReadOnly, { project, sizes }: Question): Promise<Asked> {
  const [about] = await database.select(`
    select pg_catalog.current_setting('server_version') as version, current_user as role,
      r.rolsuper or pg_catalog.pg_has_role(d.datdba, 'USAGE')
        or pg_catalog.has_database_privilege(d.oid, 'CREATE') as writes
    from pg_catalog.pg_roles r, pg_catalog.pg_database d
    where r.rolname = current_user and d.datname = pg_catalog.current_database()`)
  return {
    server: `PostgreSQL ${/^[\d.]+/.exec(String(about?.version))?.[0] ?? ''}`.trim(),
    role: { name: String(about?.role), writes: about?.writes === true },
    applied: await appliedMigrations(database, project),
    sizes: sizes ? await readSizes(database) : null,
  }
}
