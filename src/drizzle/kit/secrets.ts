import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { onDisk } from './onDisk.ts'
import type { Reply } from './question.ts'
import type { KitTrace } from './request.ts'

/** Below this a value says too little to be a secret, and occurs in too much: `text`, `true`. */
const SHORTEST = 8
const SHORTEST_NAMED_SO = 4
/** What everybody has; in its place a name would only puzzle: `cannot find package '<DB_USER>'`. */
const COMMON =
  /^(?:true|false|null|none|auto|test|staging|development|production|localhost|postgres(?:ql)?|mysql|sqlite|turso|drizzle|public|[\d.]+)$/i
const NAMED_SO = /pass|pwd|secret|token|key|credential|auth|dsn|url|uri/i

/** What an answer of a child must not tell, by the name of the variable it comes from. */
export type Secrets = readonly (readonly [name: string, value: string])[]

function inFiles(files: readonly string[]): Record<string, string | null> {
  const contents = files.map((file) => onDisk(file)?.toString('utf8') ?? '')
  return Object.assign({}, ...contents.map((text) => parseEnv(text))) as Record<string, string>
}

/**
 * The values of the variables that the code of the user has seen, and the passwords in them. What is
 * part of the name of a schema's object (a prefix of tables) is no secret: the name is in every
 * message.
 *
 * @param files - env files that the child may have read; absolute
 * @param names - of the schema's objects
 */
function secretsOf(
  trace: KitTrace | null,
  files: readonly string[],
  names: readonly string[],
): Secrets {
  // A process that was killed could not say what it had seen.
  const seen = trace === null ? inFiles(files) : { ...trace.env, ...trace.values }
  for (const [name, value] of Object.entries(process.env))
    if (NAMED_SO.test(name)) seen[name] ??= value!
  const found = Object.entries(seen).flatMap(([name, value]) => {
    if (!value || COMMON.test(value)) return []
    if (value.length < (NAMED_SO.test(name) ? SHORTEST_NAMED_SO : SHORTEST)) return []
    return [[name, value] as const, ...passwordsIn(value).map((part) => [name, part] as const)]
  })
  return (
    found
      .filter(([, value]) => !names.some((one) => one.includes(value)))
      // One value may be a part of another.
      .sort(([, a], [, b]) => b.length - a.length)
  )
}

function passwordsIn(value: string): readonly string[] {
  const [, password = ''] = /^[\w+.-]+:\/\/[^:@/]*:(.+)@[^@]*$/.exec(value) ?? []
  const forms = [password, decoded(password)]
  return forms.filter((form) => form.length >= SHORTEST_NAMED_SO)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A text with the variable's name in place of its value. */
function redacted(text: string, secrets: Secrets): string {
  return secrets.reduce((sum, [name, value]) => sum.replaceAll(value, `<${name}>`), text)
}

/** Whether something that is plain data tells a secret anywhere. */
export function tells(value: unknown, secrets: Secrets): boolean {
  const text = JSON.stringify(value) ?? ''
  return secrets.some(([, secret]) => text.includes(JSON.stringify(secret).slice(1, -1)))
}

/**
 * What a reply must not tell.
 *
 * @param cwd - where the child ran; absolute
 * @param files - env files that it was given, besides the `.env` there; absolute
 */
export function secretsIn(reply: Reply, cwd: string, files: readonly string[] = []): Secrets {
  return secretsOf(
    reply.trace,
    [...files, join(cwd, '.env')],
    reply.kind === 'compared' ? namesIn(reply) : [],
  )
}

/**
 * A reply whose words tell no secret.
 *
 * `current` is left as it is: the schema is compared by it. Whoever caches a reply asks `tells`.
 */
export function withoutSecrets(reply: Reply, secrets: Secrets): Reply {
  if (secrets.length === 0 || reply.kind === 'config') return reply
  if (reply.kind === 'unanswered') return { ...reply, reason: redacted(reply.reason, secrets) }
  return {
    ...reply,
    sql: reply.sql.map((statement) => redacted(statement, secrets)),
    differences: reply.differences.map((one) => ({ ...one, text: redacted(one.text, secrets) })),
    ...(reply.unnoticed && {
      unnoticed: reply.unnoticed.map((one) => ({
        ...one,
        sql: one.sql.map((statement) => redacted(statement, secrets)),
      })),
    }),
  }
}

/** The names of the objects that a reply is about. */
function namesIn({
  differences,
  current,
}: Pick<Extract<Reply, { kind: 'compared' }>, 'differences' | 'current'>): readonly string[] {
  const names = new Set<string>()
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return
    for (const [key, part] of Object.entries(value)) {
      names.add(key)
      if (key === 'name' && typeof part === 'string') names.add(part)
      visit(part)
    }
  }
  visit(current)
  for (const { object, table } of differences) names.add(object).add(table ?? object)
  return [...names]
}
