import type { Stretch } from '../../catalog/change.ts'
import type { Engine, MigrationSource } from '../../dialects/dialect.ts'
import type { Problem } from '../../finding/finding.ts'

/** Statements, as the parser names them, whose effect is not confined to the database they run in. */
const BEYOND = new Set(
  `CreateRole AlterRole AlterRoleSet DropRole GrantRole DropOwned ReassignOwned CreateTableSpace DropTableSpace AlterTableSpaceOptions AlterSystem Createdb Dropdb AlterDatabase AlterDatabaseSet AlterDatabaseRefreshColl CreateSubscription AlterSubscription DropSubscription Load CreateFdw CreateForeignServer ImportForeignSchema`
    .split(' ')
    .map((name) => `${name}Stmt`),
)

/** What is only text to the parser: bodies of functions and DO blocks, which may build SQL. */
const IN_TEXT =
  /\b(?:(?:create|alter|drop)\s+(?:role|user(?!\s+mapping)|group|tablespace|database|subscription)|alter\s+system|dblink|lo_export|pg_read_file|pg_ls_dir)\b/i

/**
 * Statements that must not be run on somebody's server: they reach beyond the scratch database, to
 * roles, other databases and the machine.
 */
export function statementsBeyond(
  engine: Engine,
  sources: readonly MigrationSource[],
): readonly Problem[] {
  return sources.flatMap(({ file, text }) =>
    engine.statements(text).flatMap(({ command, start, end }): Problem[] => {
      const sql = text.slice(start, end)
      const isBeyond =
        (command !== null && BEYOND.has(command)) ||
        (command === 'CopyStmt' && !/\b(?:stdin|stdout)\b/i.test(sql)) ||
        (/^(?:Do|CreateFunction|Select)Stmt$/.test(command ?? '') && IN_TEXT.test(sql))
      if (!isBeyond) return []
      return [
        beyondProblem(
          file,
          text,
          { start, end },
          'Run verify without --url: the embedded database is isolated.',
        ),
      ]
    }),
  )
}

/**
 * What is said of such a statement.
 *
 * @param where - in the text
 */
export function beyondProblem(
  file: string,
  text: string,
  { start, end }: Stretch,
  help: string,
): Problem {
  const line = text.slice(0, start).split('\n').length
  const sql = text.slice(start, end).replace(/\s+/g, ' ').slice(0, 60)
  return {
    message: `nothing was run on the server of --url: ${file}:${line} reaches beyond the scratch database (${sql})`,
    file,
    help,
  }
}
