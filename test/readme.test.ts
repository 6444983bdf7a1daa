import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { OPTIONS } from '../src/commands/options.ts'
import { builtCli } from './built.ts'

const root = path.join(import.meta.dirname, '..')
const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>
}

let cli: string

beforeAll(() => {
  cli = builtCli()
})

function migrationLint(args: readonly string[]) {
  return spawnSync(process.execPath, [cli, ...args], { cwd: root, encoding: 'utf8' })
}

/** The code blocks of a language. */
function blocks(language: string): string[] {
  return [...readme.matchAll(/```(\w+)\n([^]*?)\n```/g)].flatMap(([, name, text]) =>
    name === language ? [text!] : [],
  )
}

describe('the README', () => {
  test('shows what the example really prints', () => {
    const [example] = blocks('console')
    const [, line, output] = /^\$ npx migration-lint (.+)\n([^]+)$/.exec(example!)!
    const { stdout, stderr, status } = migrationLint(line!.split(' '))
    expect({ stderr, status }).toEqual({ stderr: '', status: 1 })
    expect(`${output}\n`).toBe(stdout)
  })

  test('is short enough to read', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(150)
  })

  test('names commands and options that exist', () => {
    const used = readme.matchAll(/migration-lint[^`\n]*? --([\w-]+)/g)
    const options = [...used].map(([, name]) => name!)
    expect(options).toContain('since')
    expect(options.filter((name) => !Object.hasOwn(OPTIONS, name))).toEqual([])
    const scripts = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!)
    expect(scripts.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([])
  })
})

test('the example project shows the main hazards in what is pending', () => {
  const since = ['--cwd', 'examples/shop', '--since', '0003_order_status', '--format', 'json']
  const { stdout, status } = migrationLint(since)
  expect(status).toBe(1)
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; object: string }[] }
  expect(findings.map(({ rule, object }) => `${rule} ${object}`)).toEqual([
    'unindexed-foreign-key reviews.product_id',
    'change-column-type orders.total_in_cents',
    'required-column-without-default orders.currency',
    'drop-column users.name',
    'concurrently-in-transaction orders_status_index',
    'create-index products_title_index',
  ])
})
