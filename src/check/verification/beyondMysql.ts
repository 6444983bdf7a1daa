import type { Engine, MigrationSource } from '../../dialects/dialect.ts'
import type { Problem } from '../../finding/finding.ts'
import { beyondProblem } from './beyond.ts'

/** Statements whose effect is not confined to the database they run in. */
const BEYOND =
  /^\s*(?:(?:create|drop|alter)\s+(?:or\s+replace\s+)?(?:database|schema|user|role|server|tablespace|undo|logfile|resource|instance)\b|grant\b|revoke\b|set\s+(?:global|persist|persist_only|password|default\s+role)\b|install\b|uninstall\b|shutdown\b|restart\b|kill\b|flush\b|reset\b|purge\b|change\b|(?:start|stop)\s+(?:slave|replica|group_replication|all)\b|load\b|import\b|use\b|clone\b|binlog\b|handler\b|rename\s+user\b)/i

/** Anywhere in one: global variables, files, other databases, SQL that is built at run time. */
const WITHIN = [
  /@@(?:global|persist|persist_only)\b/i,
  /\binto\s+(?:outfile|dumpfile)\b/i,
  /\bload_file\s*\(/i,
  /\bsoname\b/i,
  /\b(?:data|index)\s+directory\b/i,
  /\b(?:from|join|into|update|table|references|truncate|on\s+table|view|trigger|procedure|function|event|call)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:`[^`]+`|[\w$]+)\s*\.\s*[`\w$]/i,
  /\bindex\s+\S+\s+on\s+(?:`[^`]+`|[\w$]+)\s*\.\s*[`\w$]/i,
  /\b(?:rename|exchange)\b[\s\S]*\bto\s+(?:`[^`]+`|[\w$]+)\s*\.\s*[`\w$]/i,
  /\bprepare\s+\S+\s+from\b|\bexecute\s+immediate\b/i,
]

/** Strings and comments, but for those that the server runs. */
const ASIDE = /'(?:[^'\\]|''|\\[\s\S])*'|--(?=\s)[^\n]*|#[^\n]*|\/\*(?!!|M!)[\s\S]*?\*\//g

/** Statements that must not be run on somebody's server: they reach beyond the scratch database. */
export function mysqlBeyond(
  engine: Engine,
  sources: readonly MigrationSource[],
): readonly Problem[] {
  return sources.flatMap(({ file, text }) =>
    engine.statements(text).flatMap(({ start, end }): Problem[] => {
      const sql = text.slice(start, end)
      const plain = sql.replace(ASIDE, ' ').replace(/\/\*M?!\d*|\*\//g, ' ')
      if (!BEYOND.test(plain) && !WITHIN.some((words) => words.test(plain))) return []
      return [
        beyondProblem(
          file,
          text,
          { start, end },
          'Take it out of the migrations: it concerns the whole server, or other databases.',
        ),
      ]
    }),
  )
}
