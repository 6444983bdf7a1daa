// Replays the commits of real projects that touch a schema or a migration, each staged on its parent,
// and compares `--staged --only sync` with what plain `drizzle-kit generate` writes at that commit:
// node build.mjs && node bench/start.mjs syncReplay --clones <folder> --work <folder> [--only owner/name] [--most 70]
// Then, to write bench/results/sync-replay.md from all that has run: … --work <folder> --write
import { given } from './given.ts'
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Installations } from './replay/installation.ts'
import { type OracleReply, generate } from './replay/oracle.ts'
import type { Row } from './replay/row.ts'
import { Stage, stepsOf, type Step } from './replay/repository.ts'
import { whatCameNext } from './replay/next.ts'
import { summary } from './replay/summary.ts'
import { SUBJECTS, type Subject } from './replay/subjects.ts'
import { type ToolReply, judge } from './replay/tool.ts'

const args = process.argv.slice(2)
const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
const clones = option('--clones') ?? given('MIGRATION_LINT_CLONES', 'a folder of bare clones')
const work = option('--work') ?? '/tmp/sync-replay'
const only = option('--only')
const most = Number(option('--most') ?? 70)
const commits = option('--commits')?.split(',')
/** Every so many commits the cache is measured, and the commit is staged without its migration. */
const REPEATED = 3
const cli = join(process.cwd(), 'dist/cli.cjs')

if (args.includes('--write')) {
  const rows = SUBJECTS.map((subject) => {
    const own = [...readRows(subject.name).values()].sort((a, b) => (a.date < b.date ? -1 : 1))
    const clone = cloneOf(subject)
    return {
      name: subject.name,
      rows: own,
      next: own.flatMap((row) => whatCameNext(row, own, subject, clone) ?? []),
    }
  })
  writeFileSync('bench/results/sync-replay.md', summary(rows))
} else {
  for (const subject of SUBJECTS) if (only === undefined || only === subject.name) replay(subject)
}

function replay(subject: Subject): void {
  const clone = cloneOf(subject)
  mkdirSync(join(work, 'rows'), { recursive: true })
  const steps = stepsOf(clone, subject)
  const stage = new Stage(join(work, folderName(subject.name)), clone)
  const installations = new Installations(stage.root, join(work, 'packages'), subject)
  const done = readRows(subject.name)
  let i = 0
  for (const step of commits
    ? steps.filter(({ commit }) => commits.some((one) => commit.startsWith(one)))
    : sample(steps, most)) {
    if (done.has(step.commit) && !commits) continue
    const row = replayStep(step, stage, installations, i++)
    appendFileSync(rowsFile(subject.name), `${JSON.stringify(row)}\n`)
    const { tool, oracle } = row
    console.log(
      `${subject.name} ${step.commit.slice(0, 9)} ${step.date} kit ${row.kit}: ${tool.kind} / ${oracle.kind} ${Math.round(tool.milliseconds)} ${Math.round(row.cached ?? 0)} ${Math.round(oracle.milliseconds)}`,
    )
  }
}

/** What brings no SQL first of all, as that is where something may be missing; of the rest the newest. */
function sample(steps: readonly Step[], size: number): readonly Step[] {
  const without = steps.filter(({ brings }) => !brings).slice(-Math.ceil(size / 2))
  const rest = steps.filter(({ brings }) => brings).slice(-(size - without.length))
  const chosen = new Set([...without, ...rest])
  return steps.filter((step) => chosen.has(step))
}

function replayStep(step: Step, stage: Stage, installations: Installations, i: number): Row {
  const { commit, parent, date, unit, brings } = step
  const nothing = { text: '', milliseconds: 0, substituted: false }
  const row = { commit, date, config: unit.config, brings, cached: null, kit: 'none' }
  try {
    stage.set(parent, commit)
    for (let round = 0; ; round++) {
      const kit = installations.install(unit)
      const tool = judge(stage, unit, cli, false)
      const isOld = /^0\.(?:\d|1\d|2[0-3])\./.test(kit)
      const oracle: OracleReply = isOld
        ? { ...nothing, kind: 'fails', text: `drizzle-kit ${kit}` }
        : generate(stage, unit, i % REPEATED === 0)
      const isNews =
        round < 12 &&
        missingPackages([...tool.says, oracle.text]).filter((name) => installations.need(name))
          .length > 0
      if (isNews) continue
      const cached = i % REPEATED === 0 ? judge(stage, unit, cli, true) : null
      const before =
        tool.kind === 'clean' || isOld ? null : asOf(stage, parent, () => generate(stage, unit))
      return {
        ...row,
        kit,
        tool,
        oracle,
        cached: cached?.milliseconds ?? null,
        before,
        same: cached === null || cached.kind === tool.kind,
        bare: isOld || i % REPEATED !== 0 ? null : bare(step, stage),
      }
    }
  } catch (error) {
    const tool: ToolReply = {
      kind: 'cannot tell',
      says: [`replay: ${String(error).slice(0, 600)}`],
      milliseconds: 0,
    }
    return {
      ...row,
      tool,
      oracle: { ...nothing, kind: 'fails' },
      before: null,
      same: true,
      bare: null,
    }
  }
}

/** The commit as its author might have forgotten half of it. */
function bare({ commit, parent, unit, brings }: Step, stage: Stage): Row['bare'] {
  if (!brings) return null
  stage.set(parent, commit, join(dirname(unit.config), unit.out))
  return { tool: judge(stage, unit, cli, false), oracle: generate(stage, unit) }
}

/** What plain generate does at the parent: what it writes there already was missing before. */
function asOf<T>(stage: Stage, commit: string, ask: () => T): T {
  stage.set(commit, commit)
  return ask()
}

function missingPackages(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) =>
    [...text.matchAll(/Cannot find (?:module|package) '((?:@[\w.-]+\/)?[a-zA-Z][\w.-]*)/g)].map(
      ([, name]) => name!,
    ),
  )
}

function cloneOf({ name }: Subject): string {
  const clone = [join(clones, folderName(name), 'repo'), join(clones, folderName(name))].find(
    (path) => existsSync(path),
  )
  if (clone === undefined) throw new Error(`fetch ${name} into ${clones} first`)
  return clone
}

function folderName(name: string): string {
  return name.replace('/', '+')
}

function rowsFile(name: string): string {
  return join(work, 'rows', `${folderName(name)}.jsonl`)
}

/** The newest row of each commit. */
function readRows(name: string): Map<string, Row> {
  if (!existsSync(rowsFile(name))) return new Map()
  const rows = readFileSync(rowsFile(name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
  return new Map(rows.map((row) => [row.commit, row]))
}
