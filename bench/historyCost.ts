import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { activeRules } from '../src/lint/settings.ts'
import { discoverProjects } from '../src/drizzle/discover.ts'
import { checkHistory } from '../src/commands/check/history.ts'
import type { Run } from '../src/commands/check/families.ts'
import { splitAll } from '../src/commands/check/selection.ts'
import { workingTree } from '../src/git/working-files.ts'
import { historyRules, migrationRules } from '../rules/index.ts'

const ROUNDS = 7

/** Time of the whole history's check as a multiple of reading and parsing its JSON files once. */
export async function historyCost(root: string, folder: string): Promise<string> {
  const meta = join(root, folder, 'meta')
  const json = readdirSync(meta).filter((file) => file.endsWith('.json'))
  let bytes = 0
  const readJson = () => {
    bytes = 0
    for (const file of json) {
      const text = readFileSync(join(meta, file), 'utf8')
      bytes += text.length
      JSON.parse(text)
    }
  }
  const read: number[] = []
  const judged: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    read.push(await time(readJson))
    const { tree } = workingTree(root)
    const { projects } = await discoverProjects(tree, undefined)
    const project = projects.find(({ out }) => out === folder)!
    judged.push(await time(() => checkHistory(runOn(root, tree), project)))
  }
  const [a, b] = [median(read), median(judged)]
  const ratio = (b / a).toFixed(2)
  return `${json.length} JSON files of ${Math.round(bytes / 1e6)} MB: read and parsed once ${a.toFixed(0)} ms, history checked ${b.toFixed(0)} ms: ${ratio} × (medians of ${ROUNDS}).`
}

function runOn(root: string, tree: Run['after']): Run {
  return {
    root,
    gitDir: null,
    only: ['history'],
    after: tree,
    deployed: null,
    target: null,
    split: (folder) => splitAll(folder, tree),
    rules: migrationRules,
    active: { sync: [], snapshot: [], migration: [], history: activeRules(historyRules, {}) },
    claimed: new Set(),
    acknowledged: [],
    store: null,
    touched: null,
    postgres: () => Promise.reject(new Error('no SQL is judged here')),
  }
}

async function time(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!
}
