import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { FORMAT_NAMES, formatOf } from '../src/report/formats/table.ts'
import { builtCli } from './built.ts'

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
  const example = ['--cwd', 'examples/shop', ...args]
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

const BLOCK = /(<!-- output: (.+) -->\n(`{3,})\w+\n)([^]*?)(^\3$)/gm

describe('every output in docs/ is a real one (vitest -u writes them anew)', () => {
  test.each(pages.filter((name) => read(name).includes('<!-- output:')))('%s', async (name) => {
    const real = read(name).replace(
      BLOCK,
      (_, head: string, args: string, _fence, _old, end: string) =>
        `${head}${output(args.split(' '))}${end}`,
    )
    await expect(real).toMatchFileSnapshot(path.join(docs, name))
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
