import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { activeRules } from '../src/lint/settings.ts'
import { discoverProjects } from '../src/drizzle/find/discover.ts'
import { ProjectReading } from '../src/check/projectReading.ts'
import { checkHistory } from '../src/check/history/checkHistory.ts'
import { checkMigrations } from '../src/check/migrations/checkMigrations.ts'
import { checkSnapshots } from '../src/check/snapshots/checkSnapshots.ts'
import type { Run } from '../src/check/families.ts'
import { splitAll } from '../src/check/selection.ts'
import { workingTree } from '../src/git/workingFiles.ts'
import { loadEngine } from '../src/dialects/postgres/load.ts'
import { historyRules, migrationRules, snapshotRules } from '../rules/index.ts'

const ROUNDS = 7

/** Milliseconds: of the clock, and of the processor, which others do not share. */
type Time = readonly [wall: number, cpu: number]

/** Time of the whole history's checks as multiples of reading and parsing its JSON files once. */
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
  const [read, links, contents]: [Time[], Time[], Time[]] = [[], [], []]
  for (let i = 0; i < ROUNDS; i++) {
    const { tree } = workingTree(root)
    const { projects } = await discoverProjects(tree, undefined)
    const project = projects.find(({ out }) => out === folder)!
    read.push(await time(readJson))
    const run = runOn(root, tree)
    const reading = () => new ProjectReading(run, project)
    links.push(await time(() => checkHistory(run, reading())))
    contents.push(await time(() => checkSnapshots(run, reading())))
  }
  const base = medians(read)
  const ratio = (times: readonly Time[]) =>
    medians(times)
      .map((ms, i) => (ms / base[i]!).toFixed(2))
      .join(' / ')
  const both = links.map((time, i) => time.map((ms, k) => ms + contents[i]![k]!) as unknown as Time)
  return `${json.length} JSON files of ${Math.round(bytes / 1e6)} MB, clock / processor: read and parsed once ${shown(base)} ms; rules on the files ${shown(medians(links))} ms (${ratio(links)} ×); snapshot-mismatch with the replay ${shown(medians(contents))} ms (${ratio(contents)} ×); both ${ratio(both)} × (medians of ${ROUNDS}).`
}

function runOn(root: string, tree: Run['after']): Run {
  return {
    root,
    here: '',
    gitDir: null,
    migrations: checkMigrations,
    verify: {},
    only: ['history'],
    after: tree,
    disk: tree,
    deployed: null,
    deployedProjects: null,
    syncOff: null,
    onlyReason: '--only',
    target: null,
    split: (folder) => splitAll(folder, tree),
    rules: migrationRules,
    active: {
      sync: [],
      drift: [],
      snapshot: activeRules(snapshotRules, {}),
      migration: [],
      history: activeRules(historyRules, {}),
    },
    claimed: new Set(),
    acknowledged: [],
    store: null,
    touched: null,
    env: [],
    since: null,
    saidUnread: new Set(),
    changed: () => null,
    engineOf: () => loadEngine(),
  }
}

async function time(work: () => unknown): Promise<Time> {
  const start = performance.now()
  const cpu = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return [performance.now() - start, (user + system) / 1000]
}

function medians(times: readonly Time[]): Time {
  return [median(times.map(([wall]) => wall)), median(times.map(([, cpu]) => cpu))]
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!
}

function shown(time: Time): string {
  return time.map((ms) => ms.toFixed(0)).join(' / ')
}
