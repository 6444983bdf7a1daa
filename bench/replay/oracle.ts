import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { type Stage, git } from './repository.ts'
import type { Unit } from './subjects.ts'

/** What plain `drizzle-kit generate` does in a checkout. */
export interface OracleReply {
  readonly kind: 'nothing' | 'writes' | 'asks' | 'fails'
  /** The SQL it wrote, or why it failed. */
  readonly text: string
  readonly milliseconds: number
  /** Whether the project's own config could not be run and its literal content was given instead. */
  readonly substituted: boolean
}

const PATIENCE = 60_000

/**
 * Runs `drizzle-kit generate` where it stands, and undoes what it wrote.
 *
 * @param isTimed - else it is spared reading hundreds of old snapshots: it compares with the last only
 */
export function generate(stage: Stage, unit: Unit, isTimed = false): OracleReply {
  const spared = isTimed ? null : generateFromLast(stage, unit)
  if (spared !== null && spared.kind !== 'fails') return spared
  const own = attempt(stage, unit, [], join(dirname(unit.config), unit.out), false)
  if (own.kind !== 'fails') return own
  const second = withConfig(stage, unit, unit.out)
  return second.kind === 'fails' ? own : second
}

const MANY = 60

function generateFromLast(stage: Stage, unit: Unit): OracleReply | null {
  const folder = join(stage.root, dirname(unit.config))
  const meta = join(folder, unit.out, 'meta')
  const snapshots = existsSync(meta)
    ? readdirSync(meta)
        .filter((name) => name.endsWith('_snapshot.json'))
        .sort()
    : []
  if (snapshots.length < MANY) return null
  const copy = join(folder, 'replay-out')
  mkdirSync(join(copy, 'meta'), { recursive: true })
  for (const name of ['_journal.json', snapshots.at(-1)!])
    copyFileSync(join(meta, name), join(copy, 'meta', name))
  const reply = withConfig(stage, unit, './replay-out')
  rmSync(copy, { recursive: true, force: true })
  return reply
}

function withConfig(stage: Stage, unit: Unit, out: string): OracleReply {
  const folder = dirname(unit.config)
  const file = join(stage.root, folder, 'drizzle.replay.config.ts')
  const { dialect, schema } = unit
  writeFileSync(file, `export default ${JSON.stringify({ dialect, out, schema })}\n`)
  const reply = attempt(stage, unit, ['--config=drizzle.replay.config.ts'], join(folder, out), true)
  rmSync(file)
  return reply
}

function attempt(
  stage: Stage,
  unit: Unit,
  options: readonly string[],
  out: string,
  substituted: boolean,
): OracleReply {
  const folder = dirname(unit.config)
  const started = process.hrtime.bigint()
  const bin = join(stage.root, 'node_modules/drizzle-kit/bin.cjs')
  const { stdout, stderr, error } = spawnSync(process.execPath, [bin, 'generate', ...options], {
    cwd: join(stage.root, folder),
    encoding: 'utf8',
    timeout: PATIENCE,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6
  const said = stripVTControlCharacters(`${stdout}\n${stderr}`)
  const written = git(stage.root, ['ls-files', '-z', '--others', '--', out])
    .split('\0')
    .filter((path) => path.endsWith('.sql'))
    .map((path) => stage.read(path))
  stage.restore(out)
  const reply = (kind: OracleReply['kind'], text: string) => ({
    kind,
    text,
    milliseconds,
    substituted,
  })
  if (written.length > 0) return reply('writes', written.join('\n'))
  if (/require a TTY|Interactive prompts|created or renamed|missing_hints/.test(said))
    return reply('asks', '')
  if (/No schema changes|nothing to migrate/i.test(said)) return reply('nothing', '')
  return reply('fails', error ? String(error) : said.trim().slice(0, 2000))
}
