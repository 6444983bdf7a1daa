import { findCi } from '../setup/ci.ts'
import { below } from '../drizzle/migrations/layout.ts'
import { schemaNeeds } from '../setup/schemaNeeds.ts'
import type { Setup } from '../setup/setup.ts'
import { placeholder } from './github.ts'
import { ciCommands, lockFile } from './installSteps.ts'
import { isUnchanged, renewed } from './ownFile.ts'
import type { Step } from './step.ts'

const JOB = '.gitlab/migration-lint.gitlab-ci.yml'
const MAIN = '.gitlab-ci.yml'
const REPORT = 'gl-code-quality-report.json'

/** A job of its own for GitLab CI. What GitLab starts with includes it: that file is the user's. */
export const gitlab: Step = {
  async add({ setup, files, notes }) {
    const ci = findCi(setup.tree, setup.ask)
    if (ci.service === 'other') {
      notes.leave(
        null,
        `${ci.name} has no file of its own for migration-lint`,
        `Run it there, in a clone with its whole history: ${ciCommands(setup).lint}`,
      )
    }
    if (ci.service !== 'gitlab') return
    if (ci.running.some((path) => path !== JOB && path !== MAIN)) return
    const main = files.read(MAIN)
    const isIncluded = main?.includes(JOB) === true
    if (main !== null && !isIncluded && /\bmigration-lint\b/.test(main)) return
    const there = files.read(JOB)
    const next = renewed(JOB, there, await job(setup))
    if (there !== next) files.write(JOB, next, 'checks merge requests and the production branch')
    if (main === null) {
      files.write(MAIN, renewed(MAIN, null, INCLUDE), 'includes it')
    } else if (!isIncluded) {
      notes.leave(MAIN, `${MAIN} does not include ${JOB} yet`, `Add to it:\n${INCLUDE.trimEnd()}`)
    }
  },
  remove({ files, notes }) {
    for (const path of [JOB, MAIN]) {
      const text = files.read(path)
      const unchanged = text === null ? null : isUnchanged(text)
      if (unchanged === true) files.write(path, null, 'is deleted')
      else if (unchanged === false) notes.leave(path, `${path} was changed since, so it stays`)
      else if (text?.includes(JOB)) {
        notes.leave(
          path,
          `${path} includes ${JOB}, which is gone`,
          `Take out of it:\n${INCLUDE.trimEnd()}`,
        )
      }
    }
  },
}

const INCLUDE = `include:\n  - local: ${JOB}\n`

async function job(setup: Setup): Promise<string> {
  const { packageFolder, manager } = setup
  const commands = ciCommands(setup)
  const needs = await schemaNeeds(setup)
  const isCorepack = manager === 'pnpm' || manager === 'yarn'
  const image = manager === 'bun' ? 'oven/bun:1' : 'node:22'
  const script = [
    ...(packageFolder === '' ? [] : [`cd ${packageFolder}`]),
    ...(isCorepack ? ['corepack enable'] : []),
    commands.install,
    ...needs.builds,
    `${commands.lint} --format gitlab=${REPORT}`,
  ]
  const lock = lockFile(setup)
  return `${[
    'migrations:',
    '  stage: test',
    `  image: ${image}`,
    '  rules:',
    "    - if: $CI_PIPELINE_SOURCE == 'merge_request_event'",
    '    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
    '  variables:',
    "    GIT_DEPTH: '0' # the merge base with the production branch has to be there",
    ...needs.variables.map((name) => `    ${name}: ${placeholder(name)}`),
    ...(lock === null || manager !== 'npm'
      ? []
      : ['  cache:', '    key:', `      files: [${lock}]`, '    paths: [.npm/]']),
    '  script:',
    ...script.map(
      (line) => `    - ${line}${line.endsWith('npm ci') && lock !== null ? ' --cache .npm' : ''}`,
    ),
    '  artifacts:',
    '    when: always',
    '    reports:',
    `      codequality: ${below(packageFolder, REPORT)} # in the merge request and its diff`,
  ].join('\n')}\n`
}
