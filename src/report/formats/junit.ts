import type { ProjectAccount } from '../../check/account.ts'
import type { CheckResult } from '../../check/result.ts'
import { FAMILIES } from '../../config/families.ts'
import { entriesOf, type Entry, problemText, withHelp } from '../entries.ts'
import type { FormatOptions } from './format.ts'
import { attributes, xmlText, XML } from './xml.ts'

type Verdict = 'passed' | 'failed' | 'error' | 'skipped'

interface TestCase {
  readonly verdict: Verdict
  readonly lines: readonly string[]
}

/**
 * Test results in the XML that CI services read as JUnit's: a suite for each project, a test for each
 * family of checks and each finding. An error has failed, a warning has passed and says its text, what
 * is suppressed is skipped, and what could not be checked is an error.
 */
export function junit(result: CheckResult, { quiet }: Pick<FormatOptions, 'quiet'>): string {
  const entries = entriesOf(result, quiet)
  const accounts = new Map((result.projects ?? []).map((account) => [account.name, account]))
  const names = new Set([...accounts.keys(), ...entries.map(({ finding }) => finding.project)])
  const suites = [...names].map((name) =>
    suite(name, [
      ...accountCases(accounts.get(name)),
      ...entries.filter(({ finding }) => finding.project === name).map(findingCase),
    ]),
  )
  if (result.problems.length > 0) suites.unshift(suite('migration-lint', problemCases(result)))
  return [XML, '<testsuites name="migration-lint">', ...suites.flat(), '</testsuites>', ''].join(
    '\n',
  )
}

function suite(name: string, cases: readonly TestCase[]): string[] {
  const number = (verdict: Verdict) => cases.filter((one) => one.verdict === verdict).length
  const counts = {
    name,
    tests: cases.length,
    failures: number('failed'),
    errors: number('error'),
    skipped: number('skipped'),
  }
  return [
    `  <testsuite${attributes(counts)}>`,
    ...cases.flatMap(({ lines }) => lines),
    '  </testsuite>',
  ]
}

function accountCases(account: ProjectAccount | undefined): TestCase[] {
  if (account === undefined) return []
  return FAMILIES.map((family) => {
    const { state, reason = '' } = account.families[family]
    const skipped = state === 'off' || state === 'nothing'
    return testCase(
      { name: family, classname: account.name },
      skipped ? 'skipped' : state === 'not-compared' ? 'error' : 'passed',
      reason,
      '',
    )
  })
}

function findingCase({ finding, stretch }: Entry): TestCase {
  const { rule, object, file, message, help, severity, suppressed } = finding
  const place = stretch === null ? file : `${file}:${stretch.start.line}:${stretch.start.column}`
  return testCase(
    { name: [rule, object].filter(Boolean).join(' '), classname: finding.project },
    suppressed ? 'skipped' : severity === 'error' ? 'failed' : 'passed',
    suppressed?.reason ?? message,
    `${place}\n${withHelp(message, help)}`,
  )
}

function problemCases({ problems }: CheckResult): TestCase[] {
  return problems.map((problem) => {
    const text = problemText(problem)
    const name = problem.file ?? 'could not check'
    return testCase({ name, classname: 'migration-lint' }, 'error', text, problem.help)
  })
}

function testCase(
  names: { readonly name: string; readonly classname: string },
  verdict: Verdict,
  message: string,
  text: string,
): TestCase {
  const start = `    <testcase${attributes(names)}`
  const element = { passed: 'system-out', failed: 'failure', error: 'error', skipped: 'skipped' }
  const name = element[verdict]
  if (verdict === 'passed' && text === '') return { verdict, lines: [`${start}/>`] }
  const shown = verdict === 'passed' ? '' : attributes({ message })
  const body = text === '' ? '/>' : `>${text.split('\n').map(xmlText).join('\n')}</${name}>`
  return { verdict, lines: [`${start}>`, `      <${name}${shown}${body}`, '    </testcase>'] }
}
