import { describe, expect, it } from 'vitest'
import { projectCommand } from '../../../src/drizzle/find/projectCommand.ts'
import { memoryTree } from '../memoryTree.ts'

const manifest = (scripts: Record<string, string> = {}, more: object = {}) =>
  JSON.stringify({ scripts, ...more })

/** The commands of a project whose config is given, in a tree of these files. */
function commandsOf(
  files: Record<string, string>,
  config: string | null = 'drizzle.config.ts',
  here = '',
) {
  const tree = memoryTree({ ...(config === null ? {} : { [config]: '' }), ...files })
  const project = { config, out: 'drizzle' }
  return (['generate', 'migrate'] as const).map(
    (task) => projectCommand(tree, project, task, here).line,
  )
}

describe('without a script of its own', () => {
  it.each([
    ['package-lock.json', 'npx drizzle-kit generate'],
    ['pnpm-lock.yaml', 'pnpm drizzle-kit generate'],
    ['yarn.lock', 'yarn drizzle-kit generate'],
    ['bun.lock', 'bunx drizzle-kit generate'],
    ['bun.lockb', 'bunx drizzle-kit generate'],
    ['README.md', 'npx drizzle-kit generate'],
  ])('beside %s it is %s', (lock, command) => {
    expect(commandsOf({ 'package.json': manifest(), [lock]: '' })[0]).toBe(command)
  })

  it('the packageManager field tells more than a lock file', () => {
    const files = {
      'package.json': manifest({}, { packageManager: 'pnpm@9.1.0+sha1.ab' }),
      'yarn.lock': '',
    }
    expect(commandsOf(files)).toEqual(['pnpm drizzle-kit generate', 'pnpm drizzle-kit migrate'])
  })

  it('a config that drizzle-kit would not find is named', () => {
    const files = { 'package.json': manifest() }
    const command = 'npx drizzle-kit generate --config'
    expect(commandsOf(files, 'drizzle-pg.config.ts')[0]).toBe(`${command} drizzle-pg.config.ts`)
    expect(commandsOf(files, 'db/drizzle.config.ts')[0]).toBe(`${command} db/drizzle.config.ts`)
    expect(commandsOf({ ...files, 'drizzle.config.ts': '' }, 'drizzle.config.js')[0]).toBe(
      `${command} drizzle.config.js`,
    )
  })

  it.each([
    ['package-lock.json', 'cd packages/db && npx drizzle-kit generate', 'npx'],
    ['pnpm-lock.yaml', 'pnpm -C packages/db exec drizzle-kit generate', 'pnpm'],
    ['yarn.lock', 'yarn --cwd packages/db drizzle-kit generate', 'yarn'],
    ['bun.lock', 'bun x --cwd packages/db drizzle-kit generate', 'bunx'],
  ])('in a package of a monorepo with %s it is run there', (lock, fromTop, inside) => {
    const files = { 'package.json': manifest(), [lock]: '', 'packages/db/package.json': '{}' }
    const config = 'packages/db/drizzle.config.ts'
    expect(commandsOf(files, config)[0]).toBe(fromTop)
    expect(commandsOf(files, config, 'packages/db')[0]).toBe(`${inside} drizzle-kit generate`)
    expect(commandsOf(files, config, 'apps/web')[0]).toBe(
      fromTop.replace('packages/db', '../../packages/db'),
    )
  })

  it('a folder that a shell would take apart is quoted', () => {
    const command = (folder: string) =>
      commandsOf({ [`${folder}/package.json`]: '{}' }, `${folder}/drizzle.config.ts`)[0]
    expect(command('my app')).toBe(`cd 'my app' && npx drizzle-kit generate`)
    expect(command("my app's")).toBe(`cd "my app's" && npx drizzle-kit generate`)
  })

  it('a broken package.json is no obstacle, nor is none at all', () => {
    expect(commandsOf({ 'package.json': '{' })[0]).toBe('npx drizzle-kit generate')
    expect(commandsOf({})[0]).toBe('npx drizzle-kit generate')
    expect(commandsOf({}, null)[1]).toBe('npx drizzle-kit migrate')
  })
})

describe('with a script of its own', () => {
  const scripts = {
    'db:generate': 'dotenv -- drizzle-kit generate',
    'db:migrate': 'tsx src/migrate.ts',
  }

  it.each([
    ['package-lock.json', ['npm run db:generate', 'npm run db:migrate']],
    ['pnpm-lock.yaml', ['pnpm db:generate', 'pnpm db:migrate']],
    ['yarn.lock', ['yarn db:generate', 'yarn db:migrate']],
    ['bun.lock', ['bun run db:generate', 'bun run db:migrate']],
  ])('beside %s it is run by the package manager', (lock, commands) => {
    expect(commandsOf({ 'package.json': manifest(scripts), [lock]: '' })).toEqual(commands)
  })

  it.each([
    ['writes an empty migration', 'drizzle-kit generate --custom'],
    ['also pushes', 'drizzle-kit generate && drizzle-kit push'],
    ['has no config', 'drizzle-kit generate --dialect postgresql --schema src/s.ts'],
    ['checks', 'drizzle-kit check'],
    ['is for another config', 'drizzle-kit generate --config other.config.ts'],
    ['is for a config elsewhere', 'cd packages/db && drizzle-kit generate'],
  ])('a script that %s is not it', (_, script) => {
    const files = { 'package.json': manifest({ generate: script }), 'other.config.ts': '' }
    expect(commandsOf(files)[0]).toBe('npx drizzle-kit generate')
  })

  it('each of several configs has its own', () => {
    const files = {
      'package.json': manifest({
        'generate:pg': 'drizzle-kit generate --config=drizzle.pg.config.ts',
        'generate:lite': 'drizzle-kit generate --config ./drizzle.lite.config.ts --name x',
      }),
      'drizzle.pg.config.ts': '',
    }
    expect(commandsOf(files, 'drizzle.lite.config.ts')[0]).toBe('npm run generate:lite')
    expect(commandsOf(files, 'drizzle.pg.config.ts')[0]).toBe('npm run generate:pg')
  })

  it('a script of the root may stand in for the package that has none', () => {
    const files = {
      'package.json': manifest({
        gen: 'drizzle-kit generate --config packages/db/drizzle.config.ts',
      }),
      'packages/db/package.json': '{}',
    }
    expect(commandsOf(files, 'packages/db/drizzle.config.ts')[0]).toBe('npm run gen')
  })

  it('the nearest package comes first', () => {
    const files = {
      'package.json': manifest({ migrate: 'node all.js' }),
      'packages/db/package.json': manifest({ migrate: 'drizzle-kit migrate' }),
    }
    expect(commandsOf(files, 'packages/db/drizzle.config.ts')[1]).toBe(
      'npm -C packages/db run migrate',
    )
  })

  it('the old names of the command count', () => {
    const files = { 'package.json': manifest({ gen: 'drizzle-kit generate:pg' }) }
    expect(commandsOf(files)[0]).toBe('npm run gen')
  })
})
