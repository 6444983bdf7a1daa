import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { evaluateConfig } from '../../../src/drizzle/kit/evaluateConfig.ts'
import { workingTree } from '../../../src/git/workingFiles.ts'
import { builtCli } from '../../built.ts'
import { type Repository, createRepository, isolatedEnvironment } from '../../git/repository.ts'

const CONFIG = `
import { readFileSync } from 'node:fs'
const { folder } = JSON.parse(readFileSync('settings.json', 'utf8'))
const url: string = process.env.DATABASE_URL!
if (!url.startsWith('postgres://')) throw new Error('no database')
export default { dialect: 'postgresql', schema: \`./\${folder}/*.ts\`, out: \`\${import.meta.dirname ?? __dirname}/\${folder}\` }
`

let repository: Repository

beforeAll(() => {
  builtCli()
})

beforeEach(() => {
  repository = createRepository()
  symlinkSync(
    path.join(import.meta.dirname, '../../../node_modules'),
    path.join(repository.path, 'node_modules'),
  )
  repository.write('settings.json', '{ "folder": "db" }')
  repository.write('drizzle.config.ts', CONFIG)
})

afterEach(() => repository.remove())

function evaluate(cache: Map<string, unknown> | null = null) {
  const { root, tree } = workingTree(repository.path, isolatedEnvironment())
  return evaluateConfig(root, tree, 'drizzle.config.ts', '', cache)
}

describe('a config that only running it tells', () => {
  test('is run, with a stand-in for the connection string nobody needs', async () => {
    const reading = await evaluate()
    expect(reading).toMatchObject({
      dialect: { kind: 'value', value: 'postgresql' },
      out: { kind: 'value', value: { path: 'db', from: 'root' } },
      schema: { kind: 'value', value: [{ path: 'db/*.ts', from: 'working directory' }] },
    })
  })

  test('is remembered until something it read changes', async () => {
    const cache = new Map<string, unknown>()
    await evaluate(cache)
    const kept = cache.get('config drizzle.config.ts')
    await evaluate(cache)
    expect(cache.get('config drizzle.config.ts')).toBe(kept)
    repository.write('settings.json', '{ "folder": "database" }')
    expect(await evaluate(cache)).toMatchObject({ out: { value: { path: 'database' } } })
  })

  test('that cannot be run says nothing', async () => {
    repository.write('drizzle.config.ts', 'throw new Error("no")')
    expect(await evaluate()).toBeNull()
  })
})
