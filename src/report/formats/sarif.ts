import type { CheckResult } from '../../check/result.ts'
import type { Finding, Fix, Severity } from '../../finding/finding.ts'
import type { Rule } from '../../lint/rule.ts'
import { linesOf } from '../linesOf.ts'
import { printableJson } from '../printable.ts'
import { optionLines } from '../ruleFacts.ts'
import { urlOfRule } from '../ruleUrl.ts'
import {
  type Entry,
  entriesOf,
  problemText,
  type Stretch,
  stretchOf,
  withHelp,
} from '../entries.ts'
import type { FormatOptions } from './format.ts'

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'
const HOME = 'https://github.com/migration-lint/migration-lint'

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), as code scanning
 * reads it. What is suppressed is there, and marked; what could not be checked is a notification of
 * a run that was not successful.
 */
export function sarif(
  result: CheckResult,
  { quiet, version, code }: Pick<FormatOptions, 'quiet' | 'version' | 'code'>,
): string {
  const entries = entriesOf(result, quiet)
  const names = [...new Set(entries.map(({ finding }) => finding.rule))].sort()
  const lines = linesOf(result)
  const stretchAt = ({ file, range }: Pick<Finding, 'file' | 'range'>) =>
    stretchOf(range, lines(file))
  const fixOf = (fix: Fix) => ({
    description: { text: fix.title },
    artifactChanges: [...new Set(fix.edits.map(({ file }) => file))].map((file) => ({
      artifactLocation: location(file),
      replacements: fix.edits.flatMap((edit) => {
        const stretch = edit.file === file ? stretchOf(edit.range, lines(file)) : null
        if (stretch === null) return []
        return [{ deletedRegion: region(stretch), insertedContent: { text: edit.text } }]
      }),
    })),
  })
  const run = {
    tool: {
      driver: {
        name: 'migration-lint',
        semanticVersion: version,
        informationUri: HOME,
        rules: names.map((name) => descriptor(name, result.rules ?? [])),
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: result.problems.length === 0,
        exitCode: code,
        toolExecutionNotifications: result.problems.map((problem) => ({
          level: 'error',
          message: { text: plain(withHelp(problemText(problem), problem.help)) },
          ...(problem.file !== null && {
            locations: [{ physicalLocation: { artifactLocation: location(problem.file) } }],
          }),
        })),
      },
    ],
    results: entries.map((entry) => resultOf(entry, names, fixOf, stretchAt)),
  }
  return `${printableJson({ $schema: SCHEMA, version: '2.1.0', runs: [run] })}\n`
}

function resultOf(
  { finding, fingerprint, stretch }: Entry,
  names: readonly string[],
  fixOf: (fix: Fix) => unknown,
  stretchAt: (place: Pick<Finding, 'file' | 'range'>) => Stretch | null,
) {
  const { rule, severity, file, object, migration, project, message, help } = finding
  const fixes = [...(finding.fix ? [finding.fix] : []), ...(finding.suggestions ?? [])]
  const { suppressed } = finding
  const related = (finding.also ?? []).map((place, i) => {
    const also = stretchAt(place)
    return {
      id: i + 1,
      physicalLocation: {
        artifactLocation: location(place.file),
        ...(also && { region: region(also) }),
      },
    }
  })
  return {
    ruleId: rule,
    ruleIndex: names.indexOf(rule),
    level: level(severity),
    message: { text: plain(withHelp(message, help)) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: location(file),
          ...(stretch && { region: region(stretch) }),
        },
        ...(object !== null && { logicalLocations: [{ fullyQualifiedName: object }] }),
      },
    ],
    ...(related.length > 0 && { relatedLocations: related }),
    partialFingerprints: { 'migrationLint/v1': fingerprint },
    ...(fixes.length > 0 && { fixes: fixes.map(fixOf) }),
    ...(suppressed && {
      suppressions: [
        {
          kind: suppressed.inSource ? 'inSource' : 'external',
          status: 'accepted',
          justification: suppressed.reason,
        },
      ],
    }),
    properties: { project, migration },
  }
}

/** What is known of a rule: what it reports, why, what to do instead. */
function descriptor(name: string, rules: readonly Rule[]) {
  const meta = rules.find((rule) => rule.name === name)?.meta
  const url = urlOfRule(name, rules)
  const helpUri = url === null ? {} : { helpUri: url }
  if (meta === undefined) return { id: name, ...helpUri }
  const { docs, options = {} } = meta
  const sections = [
    ['Why', docs.why.trim()],
    ['Instead', docs.instead.trim()],
    ['Options', optionLines(options).join('\n')],
  ].filter(([, text]) => text !== '')
  const shown = (heading: (title: string) => string) =>
    sections.map(([title, text]) => `${heading(title!)}\n\n${text}`).join('\n\n')
  return {
    id: name,
    shortDescription: { text: docs.description },
    fullDescription: { text: `${docs.description}. ${docs.why}`.trim() },
    ...(sections.length > 0 && {
      help: { text: shown((title) => `${title}:`), markdown: shown((title) => `## ${title}`) },
    }),
    ...helpUri,
    defaultConfiguration: { level: level(meta.severity) },
    properties: { tags: [docs.category], precision: 'high' },
  }
}

function level(severity: Severity): 'error' | 'warning' {
  return severity === 'error' ? 'error' : 'warning'
}

/** A path from the top of the repository. */
function location(file: string) {
  return {
    uri: file
      .replace(/\p{Surrogate}/gu, '\uFFFD')
      .split('/')
      .map(encodeURIComponent)
      .join('/'),
    uriBaseId: '%SRCROOT%',
  }
}

function region({ start, end }: Stretch) {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  }
}

/** In a message `[text](1)` is a link (section 3.11.6), whatever a name contains. */
function plain(text: string): string {
  return text.replaceAll('](', '] (')
}
