import type { Engine, MigrationSource } from '../../dialects/dialect.ts'
import type { Scratch } from '../../verify/scratch.ts'
import { quoteLiteral } from '../../verify/trace/client.ts'

/** What makes roles, and members of roles: they belong to the whole server. */
const OF_ROLES = new Set(['CreateRoleStmt', 'GrantRoleStmt'])

/** What a preset puts into a database, without the roles that it needs. */
export interface WithoutRoles {
  readonly sources: readonly MigrationSource[]
  /** The names of those. */
  readonly roles: readonly string[]
}

/** Takes the roles out of what a service puts into a database. */
export function withoutRoles(engine: Engine, sources: readonly MigrationSource[]): WithoutRoles {
  const roles = new Set<string>()
  return {
    sources: sources.map((source) => {
      const all = engine.statements(source.text)
      const kept = all.filter(({ command, start, end }) => {
        const [, role] = /^create\s+role\s+(\w+)/i.exec(source.text.slice(start, end)) ?? []
        if (role !== undefined) roles.add(role)
        return command === null || !OF_ROLES.has(command)
      })
      const text = kept.map(({ start, end }) => `${source.text.slice(start, end)};`).join('\n')
      return { ...source, text }
    }),
    roles: [...roles],
  }
}

/** Those of some roles that a server does not have. */
export async function missingRoles(
  scratch: Scratch,
  roles: readonly string[],
): Promise<readonly string[]> {
  if (roles.length === 0) return []
  const names = roles.map(quoteLiteral).join(', ')
  const { rows } = await scratch.query(
    `select rolname as name from pg_catalog.pg_roles where rolname in (${names})`,
  )
  const there = new Set(rows.map(({ name }) => String(name)))
  return roles.filter((role) => !there.has(role))
}

/**
 * A database in which everybody stands for roles that its server does not have: policies and grants for
 * them are made for PUBLIC, and what would belong to one of them belongs to whoever runs it.
 */
export function standingIn(scratch: Scratch, engine: Engine, roles: readonly string[]): Scratch {
  if (roles.length === 0) return scratch
  const own = (sql: string) => withStandIns(engine, sql, roles)
  return {
    ...scratch,
    query: (sql) => scratch.query(own(sql)),
    exec: (sql) => scratch.exec(own(sql)),
  }
}

const FOR_ROLES =
  /^(?:CreatePolicy|AlterPolicy|Grant|AlterDefaultPrivileges|AlterOwner|AlterTable)Stmt$/

function withStandIns(engine: Engine, sql: string, roles: readonly string[]): string {
  if (!roles.some((role) => sql.includes(role))) return sql
  const name = `(?:"(?:${roles.join('|')})"|(?:${roles.join('|')})\\b)`
  // A list of roles stands behind TO or FROM, and holds nothing but names.
  const lists = new RegExp(
    `(\\bowner\\s+to\\s+)${name}|(\\b(?:to|from)\\s+)((?:(?:"[^"]+"|\\w+)\\s*,\\s*)*${name}(?:\\s*,\\s*(?:"[^"]+"|\\w+))*)`,
    'gi',
  )
  const one = new RegExp(name, 'gi')
  let text = ''
  let done = 0
  for (const { command, start, end } of engine.statements(sql)) {
    if (command === null || !FOR_ROLES.test(command)) continue
    const statement = sql
      .slice(start, end)
      .replace(lists, (_, owner: string, before: string, list: string) =>
        owner === undefined ? `${before}${list.replace(one, 'public')}` : `${owner}current_user`,
      )
    text += sql.slice(done, start) + statement
    done = end
  }
  return text + sql.slice(done)
}
