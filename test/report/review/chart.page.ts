import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { mermaidChart } from '../../../src/report/review/chart.ts'
import { installed } from '../../installed.ts'
import { MARKUP } from '../formats/sample.ts'
import { timeline } from './timelines.ts'

interface Task {
  readonly section: string
  readonly task: string
  readonly crit: boolean
  readonly active: boolean
  readonly startTime: Date
  readonly endTime: Date
}
interface Mermaid {
  parse(text: string): Promise<{ readonly diagramType: string }>
  mermaidAPI: {
    getDiagramFromText(text: string): Promise<{ readonly db: { getTasks(): readonly Task[] } }>
  }
}

let mermaid: Mermaid

// Mermaid 11 is what GitHub and GitLab draw with; it wants to find a document.
beforeAll(async () => {
  const folder = installed({ mermaid: '11.17.2', linkedom: '0.18.12' })
  const load = (file: string) =>
    import(pathToFileURL(path.join(folder, 'node_modules', file)).href) as Promise<unknown>
  const { parseHTML } = (await load('linkedom/esm/index.js')) as {
    parseHTML(text: string): { readonly window: object; readonly document: object }
  }
  const { window, document } = parseHTML('<!doctype html><html><body></body></html>')
  Object.assign(globalThis, { window, document })
  mermaid = ((await load('mermaid/dist/mermaid.core.mjs')) as { default: Mermaid }).default
})

async function tasks(chart: string) {
  expect(await mermaid.parse(chart)).toMatchObject({ diagramType: 'gantt' })
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(chart)
  return db.getTasks()
}

test('Mermaid reads the rows, and a statement is as long as any other', async () => {
  const chart = mermaidChart(
    timeline(4, [
      { name: 'orders', locks: [{ from: 1, to: 3 }], work: [{ statement: 1, kind: 'rewrite' }] },
      { name: 'users', locks: [{ from: 0, to: 0, keepsOut: 'writers' }] },
    ]),
  )
  expect(await tasks(chart!)).toMatchObject([
    { section: 'orders', crit: true, startTime: new Date(2000), endTime: new Date(5000) },
    { section: 'users', active: true, startTime: new Date(1000), endTime: new Date(2000) },
  ])
})

const HOSTILE = [
  ...MARKUP,
  'click a href "javascript:alert(1)"',
  '%%{init: {"securityLevel": "loose"}}%%',
  'a;b#c:d',
  'end',
  'section x',
  'x\n  click y call alert()',
]

describe('a table may have any name', () => {
  test.each(HOSTILE)('%j', async (name) => {
    const drawn = await tasks(mermaidChart(timeline(2, [{ name, locks: [{}] }]))!)
    expect(drawn).toHaveLength(1)
    expect(drawn[0]).toMatchObject({ crit: true, startTime: new Date(1000) })
  })
})
