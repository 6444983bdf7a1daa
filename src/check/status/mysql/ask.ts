import { ProblemError } from '../../../finding/problem.ts'
import { MYSQL, connectMysql } from '../../../verify/mysql/connect.ts'
import { readOnlyMysql } from '../../../verify/mysql/readOnly.ts'
import type { ReadOnly } from '../../../verify/onlySelect.ts'
import { requireAddress } from '../../../verify/server/address.ts'
import type { Asked, Question } from '../asked.ts'
import { asking } from '../asking.ts'
import { appliedMigrations } from './appliedMigrations.ts'
import { readSizes } from './sizes.ts'

/** Asks a server of MySQL or MariaDB, in a transaction that it keeps from writing. See `Ask`. */
export async function askMysql(question: Question): Promise<Asked> {
  const address = requireAddress(question.url, MYSQL)
  if (address.url.pathname.length < 2) {
    throw new ProblemError({
      message: 'the address of --url names no database',
      file: null,
      help: `It looks like ${MYSQL.example}.`,
    })
  }
  const client = await connectMysql(address, question.from)
  return asking(address, client, () => readOnlyMysql(client, (database) => ask(database, question)))
}

async function ask(database: ReadOnly, { project, sizes }: Question): Promise<Asked> {
  const [about = {}] = await database.select(`
    select version() as version, current_user() as name, exists (
      select 1 from (
        select grantee, privilege_type from information_schema.user_privileges
        union all
        select grantee, privilege_type from information_schema.schema_privileges
        where table_schema = database()
      ) granted
      where grantee = concat('''', replace(current_user(), '@', '''@'''), '''')
        and privilege_type in ('INSERT', 'UPDATE', 'DELETE', 'CREATE', 'ALTER', 'DROP')
    ) as writes`)
  const version = String(about.version)
  const product = /mariadb/i.test(version) ? 'MariaDB' : 'MySQL'
  return {
    server: `${product} ${/^[\d.]+/.exec(version)?.[0] ?? ''}`.trim(),
    role: { name: String(about.name), writes: Number(about.writes) === 1 },
    applied: await appliedMigrations(database, project),
    sizes: sizes ? await readSizes(database) : null,
  }
}
