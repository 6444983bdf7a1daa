// Posts the report of a run as the one comment that it keeps up to date. Nothing fails where it cannot:
// the job's summary says the same.
import { existsSync, readFileSync } from 'node:fs'
import { commentable, readEvent } from './event.mjs'
import { resultFiles } from './files.mjs'
import { openGitHub } from './github.mjs'

/** GitHub takes 65,536 characters. */
const MOST = 65_000

const { env } = process

try {
  console.log(await main())
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  console.log(`The report was not posted (${reason}); the job's summary has it.`)
}

/** @returns {Promise<string>} what was done, for the log */
async function main() {
  const { report: file, json } = resultFiles(env)
  if (!existsSync(file) || !existsSync(json)) return 'There is no report: nothing was checked.'
  const pull = commentable(env, readEvent(env))
  if (pull === null)
    return 'GitHub gives this run a token that can only read: the job has a summary.'
  const github = openGitHub(env)
  const mine = await github.ownComment(pull, marker())
  const isPending = hasSomethingToSay(JSON.parse(readFileSync(json, 'utf8')))
  if (!isPending && mine === null) return 'Nothing is pending: no comment is posted.'
  const body = bodyOf(readFileSync(file, 'utf8'))
  if (mine === null) return `Posted: ${await github.post(pull, body)}`
  if (mine.body === body) return `Up to date: ${mine.url}`
  return `Updated: ${await github.edit(mine.id, body)}`
}

/**
 * Whether somebody who reviews the pull request is told anything.
 *
 * @param {{ summary: { migrationsJudged: number }, findings: readonly unknown[], problems: readonly unknown[] }} result
 */
function hasSomethingToSay({ summary, findings, problems }) {
  return summary.migrationsJudged + findings.length + problems.length > 0
}

/** By what a comment of this use of the Action is found again; nobody sees it. */
function marker() {
  const where = (env.MIGRATION_LINT_FOLDER ?? '.').replace(/[^\w./-]/g, '_').replaceAll('--', '__')
  return `<!-- migration-lint report of ${where} -->`
}

/** @param {string} report */
function bodyOf(report) {
  const body = `${marker()}\n${report}`
  return body.length <= MOST ? body : `${body.slice(0, MOST)}\n\n… (cut here)`
}
