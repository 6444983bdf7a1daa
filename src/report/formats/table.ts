import type { OutputFormat } from './format.ts'

/** Every output format; each is loaded when it is asked for. */
export const FORMATS = {
  pretty: {
    reader: 'people, at a terminal or in a log',
    isLog: true,
    load: async () => (await import('../pretty.ts')).pretty,
  },
  json: {
    reader: 'programs and coding agents',
    load: async () => (await import('../json.ts')).json,
  },
  github: {
    reader: 'GitHub Actions: annotations of the changed lines',
    isLog: true,
    showsDeployments: true,
    load: async () => (await import('./github.ts')).github,
  },
  sarif: {
    reader: 'code scanning (SARIF 2.1.0)',
    load: async () => (await import('./sarif.ts')).sarif,
  },
  gitlab: {
    reader: 'GitLab: Code Quality',
    load: async () => (await import('./gitlab.ts')).gitlab,
  },
  junit: {
    reader: 'CI services that show test results',
    load: async () => (await import('./junit.ts')).junit,
  },
  checkstyle: {
    reader: 'Jenkins and others that read Checkstyle',
    load: async () => (await import('./checkstyle.ts')).checkstyle,
  },
  rdjson: {
    reader: 'reviewdog',
    load: async () => (await import('./rdjson.ts')).rdjson,
  },
  gcc: {
    reader: 'editors: one line for each finding',
    isLog: true,
    load: async () => (await import('./gcc.ts')).gcc,
  },
  markdown: {
    reader: 'comments and job summaries',
    load: async () => (await import('./markdown.ts')).markdown,
  },
  report: {
    reader: 'reviewers: the section of a pull request, as Markdown',
    showsDeployments: true,
    load: async () => (await import('./report.ts')).comment,
  },
  html: {
    reader: 'reviewers: the same as one page',
    showsDeployments: true,
    load: async () => (await import('./html.ts')).page,
  },
} satisfies Readonly<Record<string, OutputFormat>>

export type FormatName = keyof typeof FORMATS

/** The names, in the order of the docs. */
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[]

export function formatOf(name: FormatName): OutputFormat {
  return FORMATS[name]
}
