import { rulebook } from '../../rules/index.ts'
import { schemaRules } from '../../rules/schema/index.ts'
import { ProblemError } from '../finding/problem.ts'
import { type ProjectBaseline, findBaselines } from '../check/baselines.ts'
import { loadConfig } from '../config/load.ts'
import { carryOut, carryOutRemoval } from '../init/carryOut.ts'
import { isInstalled } from '../init/install.ts'
import { lineDiff } from '../init/lineDiff.ts'
import { planInit, planRemoval } from '../init/plan.ts'
import { type Proof, prove } from '../init/proof.ts'
import type { Plan } from '../init/step.ts'
import type { Paint } from '../report/paint.ts'
import { inert, printableJson } from '../report/printable.ts'
import { type PlanReport, leftoverText, planText } from '../report/setup.ts'
import { ownCommand } from '../finding/ownCommand.ts'
import { count } from '../report/summary.ts'
import { type Setup, readSetup } from '../setup/setup.ts'
import type { InitArguments } from './initArguments.ts'
import { usageError } from './usage.ts'

/** What `init` needs of the outside. */
export interface InitSurroundings {
  readonly version: string
  readonly paint: Paint
  /** Shows a text at once. */
  show(text: string): Promise<void>
  /** Asks at the terminal; null where there is none. */
  readonly ask: ((question: string) => Promise<boolean>) | null
}

interface Ending {
  readonly text: string
  readonly code: 0 | 1
}

/**
 * Sets a repository up, or undoes it: shows what it is going to write, asks once, writes all of it or
 * nothing, and proves that the hook refuses a schema change without a migration.
 *
 * @throws ProblemError where the repository cannot be set up at all, where nobody can be asked, and
 *   where a file cannot be written
 */
export async function init(
  { cwd, config, env, remove, yes, json, vscode, downtime }: InitArguments,
  on: InitSurroundings,
): Promise<Ending> {
  const setup = await readSetup(cwd, env, (root) => loadConfig(root, config, rulebook.all))
  const past = remove ? [] : await pastOf(setup)
  const plan = await (remove ? planRemoval : planInit)(setup, {
    options: { vscode, downtime },
    version: on.version,
    schemaRules: recommended(),
    baselines: new Map(past.map(({ project, baseline }) => [project, baseline])),
  })
  for (const one of past) plan.notes.fact(pastText(one))
  const report = reportOf(plan, remove)
  const isNothing = report.files.length === 0 && report.commands.length === 0
  if (!json) await on.show(planText(report, on.paint))
  if (!isNothing && !yes) {
    if (on.ask === null || json) {
      throw usageError(
        'nothing was written: there is no terminal to ask in',
        'Add --yes to write it.',
      )
    }
    if (!(await on.ask('Write this?'))) return { text: 'Nothing was written.\n', code: 0 }
  }
  if (remove) {
    await carryOutRemoval(plan)
    return ending(
      plan,
      report,
      json,
      isNothing ? 'There is nothing to remove.' : 'Removed.',
      [],
      on,
    )
  }
  if (!isNothing) await carryOut(plan)
  const proofs = await prove(
    await readSetup(cwd, env, (root) => loadConfig(root, config, rulebook.all)),
  )
  return ending(
    plan,
    report,
    json,
    isNothing ? 'Everything is set up already.' : 'Set up.',
    proofs,
    on,
  )
}

/** The projects whose deployed migrations have findings, where no baseline is drawn yet. */
async function pastOf({ root, env, config, projects }: Setup): Promise<readonly ProjectBaseline[]> {
  const options = { cwd: root, env, projects: [], only: null, config: null } as const
  try {
    const { found } = await findBaselines(
      { ...options, selection: { kind: 'default' } },
      rulebook,
      config,
    )
    return found.filter(({ project, setAside }) => {
      const isOpen = projects.find(({ name }) => name === project)?.baseline === null
      return isOpen && setAside.length > 0
    })
  } catch (error) {
    // What cannot be judged is told by the first check.
    if (error instanceof ProblemError) return []
    throw error
  }
}

function pastText({ project, baseline, setAside }: ProjectBaseline): string {
  const total = setAside.reduce((sum, [, one]) => sum + one, 0)
  const rules = setAside.slice(0, 3).map(([rule, one]) => `${one} ${rule}`)
  const more = setAside.length > 3 ? ', …' : ''
  return `${project}: ${count(total, 'finding')} in deployed migrations are set aside by "baseline": "${baseline}" (${rules.join(', ')}${more}); to see them take it out and run ${ownCommand(process.cwd(), '--all')}`
}

function recommended(): readonly string[] {
  const isOn = (name: string) => schemaRules[name]?.meta.docs.recommended === true
  return Object.keys(schemaRules).filter(isOn)
}

function reportOf({ setup, files, notes, added }: Plan, remove: boolean): PlanReport {
  const changes = files.changes()
  const install = { what: 'install the packages', command: `${setup.manager} install` }
  const isInstall = !remove && !isInstalled(setup, added)
  return {
    title: remove ? 'migration-lint init --remove' : 'migration-lint init',
    found: [...foundIn(setup), ...notes.facts],
    files: changes.map(({ path, before, after, what }) => ({
      path,
      what,
      diff: lineDiff(before, after),
    })),
    commands: [
      ...(isInstall ? [install] : []),
      ...notes.tasks.map(({ what, command }) => ({ what, command })),
    ],
  }
}

function foundIn({ projects, manager, hooks }: Setup): readonly string[] {
  const names = projects.map(({ name, dialect }) => `${name} (${dialect})`)
  const manages = hooks.kind === 'none' ? 'no hook manager' : `hooks: ${hooks.kind}`
  return [
    `${count(projects.length, 'Drizzle project')}: ${names.join(', ')}`,
    `${manager}, ${manages}`,
  ]
}

function ending(
  { files, notes }: Plan,
  { commands }: PlanReport,
  json: boolean,
  done: string,
  proofs: readonly Proof[],
  { paint }: InitSurroundings,
): Ending {
  const isOpen = proofs.some(({ state }) => state === 'let through')
  const code = isOpen ? 1 : 0
  if (json) {
    const value = {
      version: 1,
      files: files
        .changes()
        .map(({ path, what, after }) => ({ path, what, deleted: after === null })),
      commands: commands.map(({ command }) => command),
      left: notes.leftovers,
      proofs: proofs.map(({ project, state, message }) => ({ project, state, message })),
    }
    return { text: `${printableJson(value)}\n`, code }
  }
  const left = leftoverText(notes.leftovers, paint)
  const proved = proofs.map((proof) => inert(proofText(proof, paint))).join('')
  return { text: `\n${done}\n${left}${proved}`, code }
}

function proofText({ project, state, message, output }: Proof, paint: Paint): string {
  if (state === 'refused') {
    const how = 'on an index of its own; nothing was committed'
    return `${paint(['bold', 'green'], 'Proof:')} the pre-commit hook refuses ${message} (${how}).\n`
  }
  if (state === 'not tried') return `${project}: the hook was not tried: ${message}.\n`
  const said = output.trim() === '' ? '' : `\n${output.trim()}`
  return `${paint(['bold', 'red'], 'Not protected:')} the pre-commit hook should have refused ${message}.${said}\n`
}
