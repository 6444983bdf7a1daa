import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Stage } from './repository.ts'
import type { Unit } from './subjects.ts'

export interface ToolReply {
  readonly kind: 'clean' | 'known' | 'needs' | 'ambiguous' | 'cannot tell'
  /** Each finding as `rule: message`, or why it cannot tell. */
  readonly says: readonly string[]
  readonly milliseconds: number
}

interface Report {
  readonly findings: readonly {
    readonly rule: string
    readonly severity: string
    readonly message: string
  }[]
  readonly problems: readonly { readonly message: string }[]
}

/** Asks the built command line about what is staged. */
export function judge(stage: Stage, unit: Unit, cli: string, cached: boolean): ToolReply {
  if (!cached) forget(stage.root)
  const args = ['--staged', '--only', 'sync', '--project', unit.config, '--format', 'json']
  const started = process.hrtime.bigint()
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args], {
    cwd: stage.root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6
  let report: Report
  try {
    report = JSON.parse(stdout) as Report
  } catch {
    return {
      kind: 'cannot tell',
      says: [`no report, exit ${status}: ${stderr.slice(0, 500)}`],
      milliseconds,
    }
  }
  const { findings, problems } = report
  const says = [
    ...problems.map(({ message }) => message),
    ...findings.map(({ rule, message }) => `${rule}: ${message}`),
  ]
  const has = (rule: string, severity: string) =>
    findings.some((one) => one.rule === rule && one.severity === severity)
  const kind =
    problems.length > 0
      ? 'cannot tell'
      : has('ambiguous-rename', 'error')
        ? 'ambiguous'
        : findings.some(({ severity }) => severity === 'error')
          ? 'needs'
          : findings.some(({ message }) => message.includes('could not be compared'))
            ? 'cannot tell'
            : findings.length > 0
              ? 'known'
              : 'clean'
  return { kind, says, milliseconds }
}

function forget(root: string): void {
  for (const name of readdirSync(join(root, '.git'))) {
    if (name.startsWith('migration-lint')) rmSync(join(root, '.git', name), { recursive: true })
  }
}
