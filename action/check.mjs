// Installs the dependencies of the project, where that has not been done, and runs its migration-lint.
import { spawnSync } from 'node:child_process'
import { appendFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { readEvent, refusal } from './event.mjs'
import { resultFiles, workingFolder } from './files.mjs'
import { installation, installedCommand } from './install.mjs'

/** What the schema has no business with: it may be anybody's code. */
const KEPT_BACK =
  /^(ACTIONS_(RUNTIME|ID_TOKEN|RESULTS|CACHE)|GITHUB_(TOKEN|ENV|PATH|OUTPUT|STATE)$|MIGRATION_LINT_)/

const { env } = process
process.exitCode = main()

/** @returns {number} the exit code */
function main() {
  const why = refusal(env, readEvent(env))
  if (why !== null) return failed(why)
  const folder = workingFolder(env)
  const top = path.resolve(env.GITHUB_WORKSPACE ?? '.')
  if (installedCommand(folder) === null) {
    const how = installation(folder, top)
    if (how === null) return failed(`${folder} has no lock file, so its dependencies are not known`)
    const status = run(how.command, how.cwd)
    if (status !== 0) return failed(`${how.command.join(' ')} ended with ${status}`)
  }
  const command = installedCommand(folder)
  if (command === null) {
    return failed(
      'migration-lint is not among the dependencies: npm install --save-dev migration-lint',
    )
  }
  const { report, json } = resultFiles(env)
  for (const file of [report, json]) rmSync(file, { force: true })
  const formats = ['pretty', 'github', `report=${report}`, `json=${json}`]
  const more = (env.MIGRATION_LINT_ARGUMENTS ?? '').split('\n').map((line) => line.trim())
  const args = [...formats.flatMap((one) => ['--format', one]), ...more.filter(Boolean)]
  const code = run([process.execPath, command, ...args], folder)
  if (env.GITHUB_OUTPUT) {
    appendFileSync(env.GITHUB_OUTPUT, `exit-code=${code}\nreport=${report}\n`)
  }
  return code
}

/**
 * @param {readonly string[]} command
 * @param {string} cwd
 */
function run([program = '', ...args], cwd) {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !KEPT_BACK.test(name)))
  const { status, error } = spawnSync(program, args, { cwd, env: kept, stdio: 'inherit' })
  if (error) console.log(`${program}: ${error.message}`)
  return status ?? 2
}

/** @param {string} why */
function failed(why) {
  console.log(`::error title=migration-lint::${why.replaceAll('%', '%25').replace(/\s+/g, ' ')}`)
  return 2
}
