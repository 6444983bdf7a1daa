// Is green looked at? Takes a small project, edits it at random (schema, config, what that imports,
// package.json, journal, migrations, ignore files, attributes, index flags), stages a random part and
// compares exit 0 of `--staged` with whether `drizzle-kit generate` writes anything in a fresh copy of
// the commit that this would be. The oracle is drizzle-kit alone: it shares no hole with the tool.
// What HEAD lacks already is no news; and in half of the trials another index was asked about before,
// so that a cached answer may be given to the wrong question.
// npm run fuzz:guard -- [--seed 1] [--count 100] [--seconds 600]
import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const args = process.argv.slice(2)
const option = (name: string, otherwise: number) =>
  args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise
const seed = option('--seed', 1)
const trials = option('--count', 100)
const until = Date.now() + option('--seconds', 600) * 1000

const top = process.cwd()
const cli = join(top, 'dist/cli.cjs')
const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'migration-lint-green-'))

/** A small generator of numbers between 0 and 1 (mulberry32), so that a seed repeats a run. */
let state = seed
function random(): number {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!

const table = (name: string, more = '') =>
  `import { integer, pgTable, serial, text } from 'drizzle-orm/pg-core'\nexport const ${name} = pgTable('${name}', {\n  id: serial('id').primaryKey(),\n  fullName: text(),\n  count: integer('count'),${more}\n})\n`

const BASE: Readonly<Record<string, string>> = {
  '.gitignore': 'node_modules\n',
  'package.json': JSON.stringify({ imports: { '#kinds': './src/kinds.ts' } }),
  '.env': 'PREFIX=a\n',
  'paths.ts': `export const schema = ['./src/schema.ts']\n`,
  'drizzle.config.ts': `import { schema } from './paths'\nexport default { dialect: 'postgresql', out: './drizzle', schema }\n`,
  'src/schema.ts': `export * from './tables/users'\nexport * from './tables/posts'\nexport * from '#kinds'\n`,
  'src/tables/users.ts': table('users'),
  'src/tables/posts.ts': table('posts'),
  'src/kinds.ts': `import { pgEnum } from 'drizzle-orm/pg-core'\nexport const kind = pgEnum('kind', ['a', 'b'])\n`,
}

interface Edit {
  readonly name: string
  readonly make: (folder: string) => void
}

let count = 0
const change = (folder: string, path: string, edit: (text: string) => string): void => {
  const file = join(folder, path)
  if (existsSync(file)) writeFileSync(file, edit(readFileSync(file, 'utf8')))
}
const put = (folder: string, path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
const column = (text: string) =>
  text.replace(/count: integer\('count'\),/, (all) => `${all} c${++count}: text('c${count}'),`)
const tables = ['src/tables/users.ts', 'src/tables/posts.ts']

const EDITS: readonly Edit[] = [
  { name: 'a column', make: (at) => change(at, pick(tables), column) },
  { name: 'a comment', make: (at) => change(at, pick(tables), (text) => `// ${++count}\n${text}`) },
  {
    name: 'an enum value',
    make: (at) => change(at, 'src/kinds.ts', (text) => text.replace(`'b'`, `'b', 'c${++count}'`)),
  },
  {
    name: 'a new table',
    make(at) {
      const name = `t${++count}`
      put(at, `src/tables/${name}.ts`, table(name))
      change(at, 'src/schema.ts', (text) => `${text}export * from './tables/${name}'\n`)
    },
  },
  {
    name: 'a table that nobody exports',
    make: (at) => put(at, `src/tables/u${++count}.ts`, table(`u${count}`)),
  },
  {
    name: 'another schema file in what the config imports',
    make(at) {
      put(at, 'src/more.ts', table(`m${++count}`))
      change(at, 'paths.ts', (text) => text.replace(']', `, './src/more.ts']`))
    },
  },
  {
    name: 'a casing',
    make: (at) =>
      change(at, 'drizzle.config.ts', (text) => text.replace('out:', `casing: 'snake_case', out:`)),
  },
  {
    name: 'another out',
    make: (at) => change(at, 'drizzle.config.ts', (text) => text.replace('./drizzle', './other')),
  },
  {
    name: 'the config by another name',
    make: (at) => renamed(at, 'drizzle.config.ts', 'drizzle.config.mts'),
  },
  { name: 'no config', make: (at) => rmSync(join(at, 'drizzle.config.ts'), { force: true }) },
  {
    name: 'other imports of the package',
    make(at) {
      put(at, 'src/kinds2.ts', BASE['src/kinds.ts']!.replace(`'a'`, `'z', 'a'`))
      change(at, 'package.json', (text) => text.replace('./src/kinds.ts', './src/kinds2.ts'))
    },
  },
  {
    name: 'a folder that shadows nothing',
    make: (at) => put(at, 'src/tables/users/index.ts', column(table('users'))),
  },
  {
    name: 'a file that shadows an import',
    make: (at) => put(at, 'src/tables/users.js', 'export const nothing = 1\n'),
  },
  {
    name: 'a migration',
    make: (at) => void generate(at),
  },
  {
    name: 'no last migration',
    make(at) {
      const [last] = sqlIn(at).slice(-1)
      if (last) rmSync(join(at, 'drizzle', last))
    },
  },
  {
    name: 'a journal without its last entry',
    make: (at) =>
      change(at, 'drizzle/meta/_journal.json', (text) => {
        const journal = JSON.parse(text) as { entries: unknown[] }
        journal.entries.pop()
        return JSON.stringify(journal)
      }),
  },
  {
    name: 'a comment in a migration',
    make(at) {
      const [last] = sqlIn(at).slice(-1)
      if (last) change(at, `drizzle/${last}`, (text) => `-- ${++count}\n${text}`)
    },
  },
  {
    name: 'an ignore file',
    make: (at) =>
      change(
        at,
        '.gitignore',
        (text) => `${text}${pick(['drizzle/meta', 'src/more.ts', '*.sql'])}\n`,
      ),
  },
  { name: 'attributes', make: (at) => put(at, '.gitattributes', '*.ts text eol=crlf\n') },
  {
    name: 'the tables elsewhere',
    make(at) {
      renamed(at, 'src/tables/posts.ts', 'src/posts.ts')
      change(at, 'src/schema.ts', (text) => text.replace('./tables/posts', './posts'))
    },
  },
]

function renamed(at: string, from: string, to: string): void {
  if (!existsSync(join(at, from))) return
  cpSync(join(at, from), join(at, to))
  rmSync(join(at, from))
}

function sqlIn(folder: string): string[] {
  const out = join(folder, 'drizzle')
  return existsSync(out)
    ? readdirSync(out)
        .filter((name) => name.endsWith('.sql'))
        .sort()
    : []
}

function git(folder: string, ...words: string[]): string {
  return execFileSync('git', words, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Test',
      GIT_AUTHOR_EMAIL: 'test@example.com',
      GIT_COMMITTER_NAME: 'Test',
      GIT_COMMITTER_EMAIL: 'test@example.com',
    },
  })
}

/** What `drizzle-kit generate` writes: SQL; null where it fails or would ask. */
function generate(folder: string): string | null {
  const outs = ['drizzle', 'other']
  const all = () =>
    outs.flatMap((out) =>
      existsSync(join(folder, out))
        ? readdirSync(join(folder, out)).flatMap((name) =>
            name.endsWith('.sql') ? [join(out, name)] : [],
          )
        : [],
    )
  const before = new Set(all())
  const config = ['ts', 'mts', 'js', 'json']
    .map((end) => `drizzle.config.${end}`)
    .find((name) => existsSync(join(folder, name)))
  if (config === undefined) return null
  const bin = join(folder, 'node_modules/drizzle-kit/bin.cjs')
  const { status, stdout } = spawnSync(process.execPath, [bin, 'generate', '--config', config], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  })
  const fresh = all().filter((path) => !before.has(path))
  if (fresh.length === 0) return status === 0 && stdout.includes('No schema changes') ? '' : null
  return fresh.map((path) => readFileSync(join(folder, path), 'utf8')).join('\n')
}

function install(folder: string): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  for (const name of ['drizzle-kit', 'drizzle-orm'])
    symlinkSync(join(top, 'node_modules', name), join(folder, 'node_modules', name))
}

/** A fresh copy of what the index holds. */
function copyOfIndex(folder: string): string {
  const copy = mkdtempSync(join(scratch, 'copy-'))
  git(folder, 'checkout-index', '--all', '--force', `--prefix=${copy}/`)
  install(copy)
  return copy
}

function statementsOf(sql: string | null): readonly string[] {
  return (sql ?? '')
    .split('--> statement-breakpoint')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}

function askTool(folder: string) {
  return spawnSync(process.execPath, [cli, '--staged', '--only', 'sync', '--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  })
}

/** The project before any edit, with its first migration. */
function prepared(): string {
  const folder = mkdtempSync(join(scratch, 'base-'))
  install(folder)
  for (const [path, text] of Object.entries(BASE)) put(folder, path, text)
  if (!generate(folder)) throw new Error('drizzle-kit wrote nothing for the base project')
  git(folder, 'init', '--quiet', '--initial-branch=main')
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '-m', 'base')
  return folder
}

const base = prepared()
const tally = { tried: 0, blocked: 0, green: 0, half: 0, untold: 0, needless: 0, holes: 0 }
try {
  for (let trial = 0; trial < trials && Date.now() < until; trial++) {
    const folder = mkdtempSync(join(scratch, 'trial-'))
    cpSync(base, folder, { recursive: true, verbatimSymlinks: true })
    const isDrifted = random() < 0.25
    if (isDrifted) {
      change(folder, pick(tables), column)
      git(folder, 'commit', '--quiet', '--all', '-m', 'a column without its migration')
    }
    const lacking = isDrifted ? statementsOf(generate(copyOfIndex(folder))) : []
    const edits = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(EDITS))
    for (const { make } of edits) make(folder)
    const isAskedBefore = random() < 0.5
    if (isAskedBefore) {
      git(folder, 'add', '--all')
      askTool(folder)
      git(folder, 'reset', '--quiet')
    }
    const changed = git(folder, 'status', '--porcelain', '-uall', '-z', '--no-renames')
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => line.slice(3))
    const staged = random() < 0.4 ? changed : changed.filter(() => random() < 0.7)
    for (const path of staged) {
      // What is ignored cannot be added.
      try {
        git(folder, 'add', '--all', '--', path)
      } catch {
        continue
      }
    }
    const flagged =
      random() < 0.2 ? pick(staged.filter((path) => existsSync(join(folder, path)))) : undefined
    if (flagged !== undefined && flagged in BASE) {
      git(folder, 'update-index', pick(['--assume-unchanged', '--skip-worktree']), flagged)
      put(folder, flagged, BASE[flagged]!)
    }
    if (staged.length === 0) continue
    const tool = askTool(folder)
    tally.tried++
    const all = generate(copyOfIndex(folder))
    const news = statementsOf(all).filter((statement) => !lacking.includes(statement))
    const written = all === null ? null : news.join('\n')
    const isGreen = tool.status === 0
    // drizzle-kit looks at snapshots alone: it does not miss SQL or a journal entry.
    const isHalf = tool.stdout.includes('only partly there')
    if (written === null) tally.untold++
    else if (isGreen && written !== '') tally.holes++
    else if (isGreen) tally.green++
    else if (written === '' && isHalf) tally.half++
    else if (written === '') tally.needless++
    else tally.blocked++
    if (written !== '' ? isGreen : !isGreen && !isHalf) {
      const before = [isDrifted ? ['on a drifted HEAD'] : [], isAskedBefore ? ['asked before'] : []]
      const names = [...before.flat(), ...edits.map(({ name }) => name)].join(' + ')
      const { problems, findings } = JSON.parse(tool.stdout || '{"problems":[],"findings":[]}') as {
        problems: { message: string }[]
        findings: { message: string }[]
      }
      console.log(
        `${written === null ? 'untold, green' : written === '' ? 'needless' : 'HOLE'} (trial ${trial}): ${names}; staged ${staged.join(' ')}${flagged ? `; flagged ${flagged}` : ''}; tool: ${[...problems, ...findings].map(({ message }) => message.slice(0, 160)).join(' | ')}; drizzle-kit: ${(written ?? '').slice(0, 120).replaceAll('\n', ' ')}`,
      )
    }
    rmSync(folder, { recursive: true, force: true })
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
console.log(`seed ${seed}: ${JSON.stringify(tally)}`)
process.exitCode = tally.holes > 0 ? 1 : 0
