import { spawnSync } from 'node:child_process'
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
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { FORMAT_NAMES, formatOf } from '../src/report/formats/table.ts'
import { builtCli } from './built.ts'
import { isolatedEnvironment } from './git/repository.ts'

const root = path.join(import.meta.dirname, '..')
const docs = path.join(root, 'docs')
const pages = readdirSync(docs).filter((name) => name.endsWith('.md'))
const read = (name: string) => readFileSync(path.join(docs, name), 'utf8')

let cli = ''
beforeAll(() => {
  cli = builtCli()
})

/** What the example project prints; a last argument that starts with `/` is a place in its JSON. */
function output(words: readonly string[]): string {
  const at = words.at(-1)!.startsWith('/') ? words.at(-1)! : null
  const args = at === null ? words : words.slice(0, -1)
  const example = [...args, '--cwd', 'examples/shop']
  const run = spawnSync(process.execPath, [cli, ...example], { cwd: root, encoding: 'utf8' })
  expect(run.stderr).toBe('')
  if (!/^[[{]/.test(run.stdout)) return run.stdout
  const keys = at === null ? [] : at.slice(1).split('/')
  const value = keys.reduce(
    (all, key) => (all as Record<string, unknown>)[key],
    JSON.parse(run.stdout),
  )
  return `${JSON.stringify(value, null, 2)}\n`
}

const BLOCK = /(<!-- (output|file|run): (.+) -->\n(`{3,})\w+\n)([^]*?)(^\4$)/gm

/** A page with what its commands really print; its files are put where they run. */
function withRealOutput(page: string, folder: string): string {
  return page.replace(BLOCK, (block, head, kind, what: string, _fence, content, end) => {
    if (kind === 'output') return head + output(what.split(' ')) + end
    if (kind === 'run') return head + printed(what, folder) + end
    writeFileSync(path.join(folder, what), content as string)
    return block as string
  })
}

/** What a command prints in a copy of the example project in which we are installed. */
function printed(line: string, folder: string): string {
  const [command, ...args] = line.replace('npx migration-lint', `node ${cli}`).split(' ')
  expect(command).toBe('node')
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env: isolatedEnvironment(),
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return stdout.replaceAll(`${folder}${path.sep}`, '').replace(/\n*$/, '\n')
}

describe('every output in docs/ is a real one (vitest -u rewrites them)', () => {
  test.each(pages.filter((name) => /<!-- (?:output|run):/.test(read(name))))('%s', async (name) => {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'docs-')))
    try {
      cpSync(path.join(root, 'examples/shop'), folder, { recursive: true })
      mkdirSync(path.join(folder, 'node_modules'))
      symlinkSync(root, path.join(folder, 'node_modules/migration-lint'), 'junction')
      const real = withRealOutput(read(name), folder)
      await expect(real).toMatchFileSnapshot(path.join(docs, name))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

test('docs/formats.md lists the formats', () => {
  const rows = FORMAT_NAMES.map((name) => `| \`${name}\` | ${formatOf(name).reader} |`)
  const listed = [...read('formats.md').matchAll(/^\| `\w+` \| [^|]+ \|/gm)].map(([row]) => row)
  expect(listed).toEqual(rows)
})

describe('links in docs/ lead to files that exist', () => {
  test.each(pages)('%s', (name) => {
    const links = [...read(name).matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)]
    const files = links.map(([, file]) => path.join(docs, file!))
    const missing = files.filter((file) => !existsSync(file))
    expect(missing).toEqual([])
  })
})
