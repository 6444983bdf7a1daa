import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArguments } from '../../../../src/commands/arguments.ts'
import { verify } from '../../../../src/commands/verify.ts'
import type { CheckResult } from '../../../../src/check/result.ts'
import type { MigratorKind } from '../../../../src/config/config.ts'
import type { Timeline } from '../../../../src/dialects/timeline.ts'
import type { Exclusion, TransactionSpan } from '../../../../src/dialects/effects.ts'
import { isolatedEnvironment } from '../../../git/repository.ts'
import { installed } from '../../../installed.ts'
import type { Server } from '../../../servers/postgres.ts'
import { journalFolder, writeFiles } from '../../projects.ts'
import type { VersionCase } from './cases.ts'

/** What `verify` says of one case. */
export interface Outcome {
  /** SQLSTATE and message of what is refused first. */
  readonly error: string | null
  /** Whom the strongest lock on each table makes wait. */
  readonly locks: Readonly<Record<string, Exclusion>>
  readonly rewritten: readonly string[]
  readonly scanned: readonly string[]
  readonly builtOn: readonly string[]
}

/** What `verify --url` makes of all cases on one server. */
export interface Verified {
  /** By the case's id; what was not run is missing. */
  readonly outcomes: ReadonlyMap<string, Outcome>
  readonly notices: readonly string[]
  readonly problems: CheckResult['problems']
}

const MIGRATORS: Readonly<Record<TransactionSpan, MigratorKind>> = {
  deployment: 'drizzle',
  migration: 'per-file',
  none: 'none',
}

/**
 * Runs the command once, as `migration-lint verify --url`, on a repository in which every case is a
 * project of its own.
 */
export async function verifyAll(
  server: Server,
  version: number,
  cases: readonly VersionCase[],
): Promise<Verified> {
  const cwd = mkdtempSync(join(tmpdir(), `migration-lint-versions-${version}-`))
  const driver = installed({ pg: '8.23.1' })
  execute(driver, server.url, 'create role verify login createdb in role postgres')
  const outOf = (at: number) => `cases/${String(at).padStart(3, '0')}`
  const projects = cases.map(({ session }, at) => ({
    dialect: 'postgresql',
    out: outOf(at),
    migrator: MIGRATORS[session.transaction],
    postgres: { version, timezone: session.timezone },
    families: ['migration'],
  }))
  try {
    writeFiles(cwd, {
      'package.json': '{}',
      'migration-lint.config.json': JSON.stringify({ projects }),
    })
    cases.forEach(({ deployed, files }, at) => {
      const [base = '', before = 'SELECT 1;'] = deployed
      const pending = files.map((text, i) => [`${String(i + 2).padStart(4, '0')}_case`, text])
      const all = { '0000_base': base, '0001_before': before, ...Object.fromEntries(pending) }
      writeFiles(cwd, journalFolder(all, outOf(at)))
    })
    symlinkSync(join(driver, 'node_modules'), join(cwd, 'node_modules'))
    const env = isolatedEnvironment({
      VERIFY_URL: `${server.url.replace('postgres@', 'verify@')}/postgres`,
    })
    const line = ['verify', '--since', '0001_before', '--url', 'VERIFY_URL']
    const command = parseArguments(line, cwd, env)
    if (command.kind !== 'verify') throw new Error(`not a line of verify: ${line.join(' ')}`)
    const result = await verify(command.check, command.verify)
    const outcomes = new Map(
      (result.timelines?.() ?? []).map((timeline) => {
        const at = Number(/(\d+)\D*$/.exec(timeline.project)?.[1])
        return [cases[at]!.id, outcomeOf(timeline)]
      }),
    )
    return {
      outcomes,
      notices: result.notices ?? [],
      problems: result.problems,
    }
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

function execute(driver: string, url: string, sql: string): void {
  const script = `import pg from 'pg'
    const client = new pg.Client({ connectionString: ${JSON.stringify(`${url}/postgres`)} })
    await client.connect()
    await client.query(${JSON.stringify(sql)})
    await client.end()`
  const args = ['--input-type=module', '--eval', script]
  execFileSync(process.execPath, args, { cwd: driver })
}

const WORST_FIRST: readonly Exclusion[] = ['readers', 'writers', 'schema changes']

function outcomeOf({ statements, tables }: Timeline): Outcome {
  const error = statements.find((statement) => statement.error !== null)?.error ?? null
  const named = (kind: string) =>
    tables
      .filter(({ work }) => work.some((one) => one.kind === kind))
      .map(({ name }) => name)
      .sort()
  const locks = tables.flatMap(({ name, locks: spans }) => {
    const worst = WORST_FIRST.find((whom) => spans.some(({ keepsOut }) => keepsOut === whom))
    return worst === undefined ? [] : [[name, worst] as const]
  })
  return {
    error: error && `${error.code} ${error.message}`,
    locks: Object.fromEntries(locks.sort(([a], [b]) => (a < b ? -1 : 1))),
    rewritten: named('rewrite'),
    scanned: named('scan'),
    builtOn: named('build'),
  }
}
