import type { CheckResult } from '../../check/result.ts'
import type { WayBack } from '../../check/verification/back/wayBack.ts'
import type { Words } from '../../dialects/dialect.ts'
import { dialectOf } from '../../dialects/registry.ts'
import type { Timeline } from '../../dialects/timeline.ts'
import { codeFrame } from '../codeFrame.ts'
import { element, html, htmlLines } from '../htmlText.ts'
import { painter } from '../paint.ts'
import { Lines } from '../position.ts'
import { inert, printable, withoutPasswordsInPlace } from '../printable.ts'
import { changesInWords } from '../review/changeWords.ts'
import { chartRows, DURATIONS } from '../review/chart.ts'
import { lockPicture } from '../review/picture.ts'
import { type DeploymentReview, reviewOf } from '../review/review.ts'
import { DOWNTIME, failureSentence } from '../review/sentences.ts'
import { urlOfRule } from '../ruleUrl.ts'
import { coverageLines, verdictLine } from '../summary.ts'
import { backStatement, wayBackWords } from '../wayBack.ts'
import { KEPT_OUT } from '../timeline.ts'
import { type Entry, problemText } from '../entries.ts'
import type { FormatOptions } from './format.ts'

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
pre,code{font-family:ui-monospace,monospace;font-size:.875em}pre{overflow:auto;padding:.75rem;background:#f3f3f3}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.25rem .5rem;text-align:left;vertical-align:top}
p,li,h1,h2,h3,small,code,td:first-child{overflow-wrap:anywhere}pre code{overflow-wrap:normal}
@media (max-width:40rem){td,th{padding:.25rem .2rem;font-size:.8rem}}
svg{width:100%;height:auto;font:13px ui-monospace,monospace}.tick{fill:#666}.error{color:#b3261e}.warning{color:#8a5300}small{color:#555}
@media (prefers-color-scheme:dark){body{background:#161616;color:#e8e8e8}pre{background:#242424}svg text{fill:#e8e8e8}svg .tick{fill:#aaa}.error{color:#ff8a80}.warning{color:#ffc266}a{color:#8ab4f8}small{color:#aaa}}`

/** The report as one page that needs nothing else: no scripts, no files, nothing from the network. */
export function page(result: CheckResult, { quiet }: Pick<FormatOptions, 'quiet'>): string {
  const { deployments, open, accepted } = reviewOf(result, quiet)
  const verdict = verdictLine(result, painter(false)) ?? 'nothing found'
  const body = [
    element('h1', 'Database migrations'),
    element('p', element('strong', html(verdict))),
    ...result.problems.map(
      (problem) =>
        element('p', html(problemText(problem)), { class: 'error' }) +
        element('p', html(problem.help)),
    ),
    ...deployments.map(deploymentSection),
    ...(result.waysBack ?? []).map(wayBackSection),
    ...(open.length > 0 ? [element('h2', 'Findings')] : []),
    ...open.map((entry) => findingSection(entry, result)),
    ...(accepted.length > 0
      ? [element('h2', 'Accepted'), bullets(accepted.map(acceptedLine))]
      : []),
    ...[...coverageLines(result), ...(result.notices ?? [])].map((line) =>
      element('p', element('small', html(line))),
    ),
  ]
  return inert(
    [
      '<!doctype html>',
      '<html lang="en"><head><meta charset="utf-8">',
      '<meta name="viewport" content="width=device-width">',
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
      `<title>Database migrations</title><style>${STYLE}</style></head>`,
      `<body>${body.join('\n')}</body></html>\n`,
    ].join('\n'),
  )
}

function deploymentSection({
  outline,
  timeline,
  downtime,
  byHand,
  rollback,
}: DeploymentReview): string {
  const picture = timeline && lockPicture(timeline)
  return [
    element('h2', html(outline.project)),
    ...outline.migrations.map(
      ({ name, changes }) =>
        element('h3', element('code', html(name))) +
        bullets(changesInWords(changes.map(({ change }) => change))),
    ),
    element('h3', 'Downtime and locks'),
    element('p', html(DOWNTIME[downtime.for])),
    bullets([...downtime.sentences, ...downtime.breaks]),
    ...(picture && timeline
      ? [picture, lockTable(timeline, dialectOf(outline.dialect).words)]
      : []),
    ...(byHand.before.length + byHand.after.length > 0
      ? [
          element('h3', 'By hand'),
          bullets([
            ...byHand.before.map((line) => `Before: ${line}`),
            ...byHand.after.map((line) => `After: ${line}`),
          ]),
        ]
      : []),
    element('h3', 'Rollback'),
    element('p', html(failureSentence(rollback))),
    titled('Once it is committed, only a backup can restore:', rollback.gone),
    ...(rollback.statements.length > 0
      ? [
          element('p', 'Once it is committed, this undoes it:'),
          element('pre', htmlLines(rollback.statements.join('\n'))),
          titled('But:', rollback.caveats),
        ]
      : []),
    titled('To be written by hand:', rollback.byHand),
  ].join('\n')
}

/** What came of taking a deployment back on the database that had run it. */
function wayBackSection(back: WayBack): string {
  const { verdict, notes, isBack } = wayBackWords(back)
  const statements = back.statements.map((one) => printable(backStatement(one)))
  return [
    element('h3', 'Way back, tried'),
    element('p', html(verdict), isBack ? {} : { class: 'warning' }),
    ...(statements.length > 0 ? [element('pre', htmlLines(statements.join('\n')))] : []),
    bullets(notes),
  ].join('\n')
}

function lockTable(timeline: Timeline, { lock }: Words): string {
  const head = ['Table', 'Who waits', 'Lock', 'Statements', 'As long as']
  const rows = chartRows(timeline).map(({ table, keepsOut, mode, from, to, duration }) => [
    table,
    KEPT_OUT[keepsOut],
    lock(mode),
    from === to ? `${from + 1}` : `${from + 1} to ${to + 1}`,
    DURATIONS[duration],
  ])
  const row = (name: string, cells: readonly string[]) =>
    element('tr', cells.map((cell) => element(name, html(cell))).join(''))
  const statements = timeline.statements.map(({ sql }) =>
    element('li', element('code', html(sql.replace(/\s+/g, ' ').trim()))),
  )
  return (
    element('table', [row('th', head), ...rows.map((cells) => row('td', cells))].join('')) +
    element(
      'details',
      element('summary', html(`The statements, by number (${timeline.source})`)) +
        element('ol', statements.join('')),
    )
  )
}

function findingSection({ finding }: Entry, result: CheckResult): string {
  const { severity, rule, object, file, range, message, help } = finding
  const word = severity === 'error' ? 'error' : 'warning'
  const url = urlOfRule(rule, result.rules)
  const named = element('code', html(rule))
  const content = result.text(file)
  const text = content === undefined ? undefined : withoutPasswordsInPlace(content)
  const lines = text && range ? codeFrame(text, new Lines(text), range, 100, painter(false)) : []
  return [
    element(
      'h3',
      [
        element('span', word, { class: word }),
        url !== null && /^https?:\/\//.test(url) ? element('a', named, { href: url }) : named,
        ...(object === null ? [] : [element('code', html(object))]),
      ].join(' '),
    ),
    element('p', element('small', html(file))),
    ...message.split('\n').map((line) => element('p', html(line))),
    ...(lines.length > 0 ? [element('pre', htmlLines(lines.join('\n')))] : []),
    ...(help === '' ? [] : [element('p', html(`→ ${help}`))]),
  ].join('\n')
}

function acceptedLine({ finding: { rule, object, migration, suppressed } }: Entry): string {
  return `${[rule, object, migration].filter(Boolean).join(' ')}: ${suppressed?.reason ?? ''}`
}

function titled(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : element('p', html(title)) + bullets(lines)
}

function bullets(lines: readonly string[]): string {
  if (lines.length === 0) return ''
  return element('ul', lines.map((line) => element('li', html(line))).join(''))
}
