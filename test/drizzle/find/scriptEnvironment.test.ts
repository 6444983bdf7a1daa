import { describe, expect, test } from 'vitest'
import { scriptEnvironment, wrappedCommand } from '../../../src/drizzle/find/scriptEnvironment.ts'
import type { Tree } from '../../../src/git/tree.ts'

const PROJECT = { config: 'packages/db/drizzle.config.ts', out: 'packages/db/drizzle' }

function treeOf(files: Readonly<Record<string, string>>): Tree {
  return {
    label: 'a tree',
    list: () => Object.keys(files).map((path) => ({ path })),
    read: (path) => (files[path] === undefined ? undefined : Buffer.from(files[path])),
    readAll: () => new Map(),
  }
}

function environment(scripts: Readonly<Record<string, string>>, lock = 'pnpm-lock.yaml') {
  return scriptEnvironment(
    treeOf({
      [lock]: '',
      'package.json': '{}',
      'packages/db/package.json': JSON.stringify({ scripts }),
    }),
    PROJECT,
  )
}

const DB = 'packages/db/'

describe('the env files that scripts name', () => {
  test.each([
    ['dotenv -e ../../.env -- drizzle-kit generate', ['.env']],
    ['dotenv -e .env.local -e .env drizzle-kit generate', [`${DB}.env.local`, `${DB}.env`]],
    ['dotenv drizzle-kit generate', [`${DB}.env`]],
    [
      'dotenv -c development -- drizzle-kit generate',
      ['.env.development.local', '.env.local', '.env.development', '.env'].map((one) => DB + one),
    ],
    ['dotenvx run -f .env.local -- drizzle-kit generate', [`${DB}.env.local`]],
    ['env-cmd -f ".env.dev" drizzle-kit generate', [`${DB}.env.dev`]],
    ['env-cmd drizzle-kit generate', [`${DB}.env`]],
    ['node --env-file=.env node_modules/.bin/drizzle-kit generate', [`${DB}.env`]],
    ['bun --env-file .env.local drizzle-kit generate', [`${DB}.env.local`]],
    ['set -a && source ../.env && set +a && drizzle-kit generate', ['packages/.env']],
    ['env $(cat .env | xargs) drizzle-kit generate', [`${DB}.env`]],
    ['drizzle-kit generate', []],
    ['drizzle-kit generate -e x', []],
    ['dotenv -e ../../../outside -- drizzle-kit generate', []],
  ])('%s', (generate, files) => {
    expect(
      environment({ generate, studio: 'dotenv -e .env.prod -- drizzle-kit studio' }).files,
    ).toEqual(files)
  })

  test('stand in a script that others are run through', () => {
    const { files, wrapper } = environment({
      'with-env': 'dotenv -e ../../.env --',
      generate: 'pnpm with-env drizzle-kit generate',
    })
    expect(files).toEqual(['.env'])
    expect(wrappedCommand(wrapper!, 'migration-lint', '')).toBe(
      'cd packages/db && pnpm with-env migration-lint',
    )
  })

  test('may be those of push, where nothing generates', () => {
    expect(environment({ push: 'dotenv -e .env -- drizzle-kit push' }).files).toEqual([`${DB}.env`])
  })
})

test('what a script sets itself counts too', () => {
  expect(
    environment({
      generate: 'cross-env SKIP_ENV_VALIDATION=1 DATABASE_URL=$X drizzle-kit generate',
    }),
  ).toMatchObject({ values: { SKIP_ENV_VALIDATION: '1' }, wrapper: null })
})

describe('the command that runs another program the same way', () => {
  test.each([
    ['dotenv -e .env -- drizzle-kit generate', 'pnpm-lock.yaml', 'pnpm exec dotenv -e .env -- x'],
    ['dotenv -e .env -- drizzle-kit generate', 'package-lock.json', 'npx dotenv -e .env -- x'],
    ['op run -- drizzle-kit generate', 'package-lock.json', 'op run -- x'],
    ['npm run with-env -- drizzle-kit generate', 'package-lock.json', 'npm run with-env -- x'],
  ])('%s with %s', (generate, lock, expected) => {
    const { wrapper } = environment({ generate, 'with-env': 'env-cmd -f .env' }, lock)
    expect(wrappedCommand(wrapper!, 'x', 'packages/db')).toBe(expected)
  })

  test.each([
    'doppler run -- drizzle-kit generate',
    'op run --env-file=.env -- drizzle-kit generate',
  ])('%s: a program that fetches secrets is named, and its files are not read', (generate) => {
    const { files, wrapper } = environment({ generate })
    expect(files).toEqual([])
    expect(wrapper!.fetches).toBe(generate.split(' ').slice(0, 2).join(' '))
  })

  test('is not made up where the words cannot be taken apart', () => {
    expect(environment({ generate: 'env $(cat .env) drizzle-kit generate' }).wrapper).toBeNull()
  })
})
