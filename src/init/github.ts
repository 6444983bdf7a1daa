import { findCi, productionBranch } from '../setup/ci.ts'
import { schemaNeeds } from '../setup/schemaNeeds.ts'
import type { Setup } from '../setup/setup.ts'
import { ciCommands, githubToolSteps } from './installSteps.ts'
import { isUnchanged, renewed } from './ownFile.ts'
import type { Step } from './step.ts'

export const WORKFLOW = '.github/workflows/migration-lint.yml'

/** A workflow of its own for GitHub Actions. */
export const github: Step = {
  async add({ setup, files, notes }) {
    const ci = findCi(setup.tree, setup.ask)
    if (ci.service !== 'github') return
    const running = ci.running.filter((path) => path !== WORKFLOW)
    if (running.length > 0) {
      notes.fact(`${running.join(', ')} runs migration-lint already`)
      return
    }
    const there = files.read(WORKFLOW)
    const next = renewed(WORKFLOW, there, await workflow(setup))
    if (there === next) return
    files.write(WORKFLOW, next, 'checks pull requests, merge queues and pushes')
  },
  remove({ files, notes }) {
    const there = files.read(WORKFLOW)
    if (there === null) return
    const unchanged = isUnchanged(there)
    if (unchanged === true) files.write(WORKFLOW, null, 'is deleted')
    if (unchanged === false) notes.leave(WORKFLOW, `${WORKFLOW} was changed since and stays`)
  },
}

async function workflow(setup: Setup): Promise<string> {
  const { packageFolder } = setup
  const commands = ciCommands(setup)
  const needs = await schemaNeeds(setup)
  const variables = needs.variables.map((name) => `    ${name}: ${placeholder(name)}`)
  const steps = [
    '- uses: actions/checkout@v4',
    '  with:',
    '    fetch-depth: 0 # the merge base with the production branch has to be there',
    '    persist-credentials: false',
    ...githubToolSteps(setup),
    `- run: ${commands.install}`,
    ...needs.builds.map((command) => `- run: ${command}`),
    `- run: ${commands.lint}`,
    ...(variables.length > 0
      ? ['  env: # placeholders: the schema is loaded, no database is asked', ...variables]
      : []),
  ]
  const folder =
    packageFolder === ''
      ? []
      : ['    defaults:', '      run:', `        working-directory: ${packageFolder}`]
  return `${[
    'name: Migrations',
    'on:',
    '  pull_request:',
    '  merge_group:',
    '  push:',
    `    branches: [${yamlWord(productionBranch(setup.ask, setup.config.base))}]`,
    'permissions:',
    '  contents: read',
    'jobs:',
    '  migrations:',
    '    runs-on: ubuntu-latest',
    ...folder,
    '    steps:',
    ...steps.map((line) => `      ${line}`),
  ].join('\n')}\n`
}

function yamlWord(word: string): string {
  return /^[A-Za-z][\w./-]*$/.test(word) ? word : JSON.stringify(word)
}

/** A value that has the form of a real one and opens nothing. */
export function placeholder(name: string): string {
  if (/URL|URI|DSN|CONNECTION/i.test(name)) {
    return /DATABASE|DB|POSTGRES|PG|NEON|SUPABASE|DIRECT/i.test(name)
      ? 'postgres://placeholder:placeholder@localhost:5432/placeholder'
      : 'https://placeholder.example'
  }
  return /PORT/i.test(name) ? "'5432'" : 'placeholder'
}
