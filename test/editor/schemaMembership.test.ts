import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { isOfSchema } from '../../src/editor/schemaMembership.ts'
import { type Files, writeFiles } from '../check/projects.ts'
import { createFolder, openRepository } from '../git/repository.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) openRepository(folder).remove()
})

const config = (schema: string) =>
  `export default { dialect: 'postgresql', schema: ${schema}, out: './drizzle' }`

function answers(files: Files, asked: readonly string[]): (boolean | null)[] {
  const folder = createFolder()
  folders.push(folder)
  writeFiles(folder, files)
  return asked.map((file) => isOfSchema(join(folder, file)))
}

describe('a file is of the schema', () => {
  test('if the config names it; what drizzle-kit pull has written is not', () => {
    const files = {
      'drizzle.config.ts': config(`'./src/schema.ts'`),
      'src/schema.ts': '',
      'drizzle/schema.ts': '',
    }
    expect(answers(files, ['src/schema.ts', 'drizzle/schema.ts', 'test/tables.ts'])).toEqual([
      true,
      false,
      false,
    ])
  })

  test('if it is in a folder, or matches a glob', () => {
    const files = {
      'drizzle.config.ts': config(`['./db', './src/**/*.table.ts']`),
      'db/users.ts': '',
      'src/a/b.table.ts': '',
      'src/a/b.ts': '',
    }
    expect(answers(files, ['db/users.ts', 'src/a/b.table.ts', 'src/a/b.ts'])).toEqual([
      true,
      true,
      false,
    ])
  })

  test('if those that are named lead to it, by import or export, with .js or without', () => {
    const files = {
      'drizzle.config.ts': config(`'./db/index.ts'`),
      'db/index.ts': `export * from './tables'\nimport { x } from '../lib/extra.js'\n`,
      'db/tables/index.ts': `export {\n  users,\n} from './users'`,
      'db/tables/users.ts': '',
      'db/tables/old.ts': '',
      'lib/extra.ts': '',
    }
    const asked = ['db/tables/users.ts', 'lib/extra.ts', 'db/tables/old.ts']
    expect(answers(files, asked)).toEqual([true, true, false])
  })

  test('if the package around the config is where drizzle-kit runs', () => {
    const files = {
      'package.json': '{}',
      'config/drizzle.config.ts': config(`'./src/schema.ts'`),
      'src/schema.ts': '',
    }
    expect(answers(files, ['config/other.ts'])).toEqual([false])
  })
})

describe('it cannot be told', () => {
  test.each<[string, Files, string]>([
    ['without a config', {}, 'src/schema.ts'],
    [
      'where the config computes it',
      { 'drizzle.config.ts': config('process.env.SCHEMA') },
      'src/a.ts',
    ],
    [
      'where the schema is not there',
      { 'drizzle.config.ts': config(`'./src/schema.ts'`) },
      'src/a.ts',
    ],
    [
      'where tables come from a package',
      {
        'drizzle.config.ts': config(`'./schema.ts'`),
        'schema.ts': `export * from '@acme/auth/schema'`,
      },
      'other.ts',
    ],
    [
      'where they come by a path of the tsconfig',
      {
        'drizzle.config.ts': config(`'./schema.ts'`),
        'schema.ts': `import { users } from '@/users'\nexport { users }`,
      },
      'users.ts',
    ],
  ])('%s', (_name, files, file) => {
    expect(answers(files, [file])).toEqual([null])
  })
})

test('a file that is exported from now on is of the schema from now on', () => {
  const folder = createFolder()
  folders.push(folder)
  writeFiles(folder, {
    'drizzle.config.ts': config(`'./schema.ts'`),
    'schema.ts': '',
    'users.ts': '',
  })
  expect(isOfSchema(join(folder, 'users.ts'))).toBe(false)
  writeFiles(folder, { 'schema.ts': `export * from './users'` })
  expect(isOfSchema(join(folder, 'users.ts'))).toBe(true)
})
