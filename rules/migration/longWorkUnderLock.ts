import type { Change } from '../../src/catalog/change.ts'
import { type QualifiedName, displayName, sameName } from '../../src/catalog/names.ts'
import { keepsOut } from '../../src/dialects/effects.ts'
import { type HeldLock, defineRule } from '../../src/lint/rule.ts'
import { describeChange } from './describeChange.ts'
import { longWorkOnMysql } from './mysql/longWork.ts'
import { rowFailure } from '../../src/lint/rowFailure.ts'

const BUILDS = {
  message: '{{what}} builds an index on {{table}} while {{blocked}}{{fails}}.',
  help: '{{remedy}}{{ask}}',
} as const

const SCANS = {
  message: '{{what}} scans all of {{table}} while {{blocked}}{{more}}{{fails}}.',
  help: '{{remedy}}{{ask}}',
} as const

export const longWorkUnderLock = defineRule({
  name: 'long-work-under-lock',
  meta: {
    dialects: ['postgresql', 'mysql'],
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A statement rewrites or reads a whole table while a strong lock is held',
      why: `The larger the table, the longer it takes, and others wait meanwhile: behind ACCESS EXCLUSIVE every query, behind SHARE and SHARE ROW EXCLUSIVE every write. A queue of waiting requests is enough to take a service down. In Drizzle's single transaction a lock is held from the statement that takes it to the end of the last pending file, so an UPDATE that blocks nobody by itself prolongs the lock that an earlier ALTER TABLE took on some table.`,
      instead: `It depends on the statement. Columns with a volatile default (\`defaultRandom()\`, \`gen_random_uuid()\`), \`serial\`, identity and stored generated columns rewrite the table: add the column nullable, set the default afterwards (new rows only), and backfill old rows in batches outside the migration. CHECK: ship the code whose rows satisfy it, add it NOT VALID (from then on it holds for every row that is written), validate it in a later deployment. UNIQUE and PRIMARY KEY: create the unique index CONCURRENTLY by hand, then ADD CONSTRAINT … USING INDEX. Large UPDATEs: outside the migration, in batches, or at least in a deployment without DDL on busy tables. Tables that stay small belong in \`smallTables\`.`,
      category: 'blocks-traffic',
      examples: {
        bad: [
          {
            name: 'a random default',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "users" ADD COLUMN "public_id" uuid DEFAULT gen_random_uuid() NOT NULL;`,
            versions: { from: 13 },
          },
          {
            name: 'a unique constraint',
            schema: `CREATE TABLE users (id int PRIMARY KEY, email text);`,
            sql: `ALTER TABLE "users" ADD CONSTRAINT "users_email_unique" UNIQUE("email");`,
          },
          {
            name: 'NOT VALID and VALIDATE in one deployment',
            schema: `CREATE TABLE users (id int PRIMARY KEY, age int);`,
            sql: [
              `ALTER TABLE "users" ADD CONSTRAINT "users_age_check" CHECK ("age" > 0) NOT VALID;`,
              `ALTER TABLE "users" VALIDATE CONSTRAINT "users_age_check";`,
            ],
          },
          {
            name: 'a backfill after an ALTER TABLE',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "users" ADD COLUMN "score" integer;--> statement-breakpoint
UPDATE "users" SET "score" = 0;`,
          },
        ],
        good: [
          {
            name: 'now() is computed once',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "users" ADD COLUMN "created_at" timestamp with time zone DEFAULT now() NOT NULL;`,
          },
          {
            name: 'validated in a later deployment',
            schema: `CREATE TABLE users (id int PRIMARY KEY, age int);
ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;`,
            sql: `ALTER TABLE "users" VALIDATE CONSTRAINT "users_age_check";`,
          },
        ],
      },
    },
    wording: { mysql: longWorkOnMysql },
    messages: {
      rewrites: {
        message:
          '{{what}} rewrites every row of {{table}} while nobody can read or write it{{because}}.',
        help: '{{remedy}}',
      },
      mayRewrite: {
        message:
          '{{what}} rewrites every row of {{table}} while nobody can read or write it, unless {{unless}}.',
        help: 'Look it up (\\df+ in psql). If it is neither, {{remedy}}',
        severity: 'warn',
      },
      builds: BUILDS,
      scans: SCANS,
      buildsBesideReaders: { ...BUILDS, severity: 'warn' },
      scansBesideReaders: { ...SCANS, severity: 'warn' },
    },
  },
  create(context) {
    const underHeldLock = new Map<string, Found[]>()
    let inStatement: Found[] = []
    let rewritten: readonly QualifiedName[] = []
    const tell = ({ change, lock, table }: Found, id: string, more = '') => {
      const isMilder = (id === 'builds' || id === 'scans') && !keepsOut(lock, 'readers')
      const words = describeChange(context.deployment.session, change, context.dialect.base)
      context.report({
        on: change,
        part: words.part,
        messageId: isMilder ? `${id}BesideReaders` : id,
        object: words.object,
        data: {
          what: words.what,
          table: displayName(table),
          because: words.because,
          remedy: id === 'mayRewrite' ? lowerFirst(words.remedy) : words.remedy,
          unless: context.effects(change).unless ?? '',
          ...rowFailure(context, change),
          blocked: blocked(lock, table, change),
          more,
        },
      })
    }
    return {
      Change(change) {
        if (context.isCovered(change, 'work')) return
        const { rewrites, scans, locks, unless } = context.effects(change)
        const table = [...rewrites, ...scans].find((candidate) => !context.isSmall(candidate))
        if (table === undefined) return
        const own = locks.map((lock): HeldLock => ({ ...lock, by: change }))
        const { heldLocks } = context
        // Where DDL commits, an earlier statement holds nothing any more.
        const isHeld = context.dialect.transactions.ddl === 'transactional'
        const held = [heldLocks.on(table), heldLocks.strongest()].filter(
          (lock) => lock !== undefined,
        )
        const lock = strongest(isHeld ? [...own, ...held] : own, table)
        if (lock === undefined) return
        const found = { change, lock, table }
        if (change.kind === 'WriteRows' || change.kind === 'ReadRows') {
          const key = displayName(lock.relation)
          const others = underHeldLock.get(key)
          if (others) others.push(found)
          else underHeldLock.set(key, [found])
        } else if (rewrites.length > 0) {
          rewritten = [...rewritten, ...rewrites]
          tell(found, unless === null ? 'rewrites' : 'mayRewrite')
        } else inStatement.push(found)
      },
      // One ALTER TABLE reads the table once, however many checks it adds; a rewrite does all in one.
      'Statement:exit'() {
        const isRewritten = ({ table }: Found) => rewritten.some((one) => sameName(one, table))
        const found = inStatement.filter((one) => !isRewritten(one))
        inStatement = []
        rewritten = []
        const builds = (one: Found) => context.effects(one.change).builds.length > 0
        for (const one of found.filter(builds)) tell(one, 'builds')
        const [first, ...others] = found.filter((one) => !builds(one))
        if (first)
          tell(first, 'scans', andMore(others.length, 'other change', 'of the same statement'))
      },
      // One lock that is held too long is one hazard, however many statements run meanwhile.
      'Deployment:exit'() {
        for (const [first, ...others] of underHeldLock.values()) {
          if (first === undefined) continue
          tell(first, 'scans', andMore(others.length, 'later statement', 'under the same lock'))
        }
      },
    }
  },
})

function andMore(count: number, what: string, where: string): string {
  if (count === 0) return ''
  return ` (and so ${count === 1 ? `does 1 ${what}` : `do ${count} ${what}s`} ${where})`
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}

/** Long work, and the lock that makes it hurt. */
interface Found {
  readonly change: Change
  readonly lock: HeldLock
  readonly table: QualifiedName
}

/** The strongest lock that keeps somebody out; one on the table itself before any other. */
function strongest(locks: readonly HeldLock[], table: QualifiedName): HeldLock | undefined {
  const rank = (lock: HeldLock) =>
    (keepsOut(lock, 'readers') ? 2 : 0) +
    (displayName(lock.relation) === displayName(table) ? 1 : 0)
  return locks
    .filter((lock) => keepsOut(lock, 'writers'))
    .sort((a, b) => rank(b) - rank(a))
    .at(0)
}

function blocked(lock: HeldLock, table: QualifiedName, change: Change): string {
  const who = keepsOut(lock, 'readers') ? 'read or write' : 'write to'
  const locked = displayName(lock.relation)
  const own = lock.by === change || lock.by.origin.statement === change.origin.statement
  const name = locked === displayName(table) ? 'it' : locked
  return own
    ? `nobody can ${who} ${name}`
    : `nobody can ${who} ${name}: an earlier statement keeps it locked until the deployment commits`
}
