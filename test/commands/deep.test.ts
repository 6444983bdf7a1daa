import { expect, test } from 'vitest'
import { useRepositories } from '../git/fixtures.ts'
import { CREATE_USERS, checkIn, drizzleConfig, project, writeFiles } from '../check/projects.ts'

// Files nested so deeply that a walk which calls itself runs out of stack.
const made = useRepositories()
const DEPTH = 20_000
const nested = `${'['.repeat(DEPTH)}1${']'.repeat(DEPTH)}`
const objects = `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`
const terms = Array.from({ length: DEPTH }, () => `'a'`).join(' + ')

const ODD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a config with a nested list': {
    'drizzle.config.ts': `export default { dialect: 'postgresql', out: './drizzle', schema: ${nested} }`,
  },
  'a config with a long sum': {
    'drizzle.config.ts': `export default { dialect: 'postgresql', out: './drizzle', schema: ${terms} }`,
  },
  'a config with nested calls': {
    'drizzle.config.ts': `export default ${'f('.repeat(3000)}{}${')'.repeat(3000)}`,
  },
  'a journal': { 'drizzle/meta/_journal.json': nested },
  'a journal with deep entries': {
    'drizzle/meta/_journal.json': `{"version":"7","dialect":"postgresql","entries":${nested}}`,
  },
  'a snapshot': { 'drizzle/meta/0000_snapshot.json': objects },
  'tables of a snapshot': {
    'drizzle/meta/0000_snapshot.json': `{"id":"1","prevId":"2","version":"7","dialect":"postgresql","tables":${objects}}`,
  },
  'package.json': { 'package.json': objects },
  'our configuration': { 'migration-lint.config.json': `{"projects":${nested}}` },
}

test.each(Object.entries(ODD))('%s', async (_, files) => {
  const folder = made.folder()
  writeFiles(folder, {
    ...project({ '0000_users': CREATE_USERS }),
    'other/drizzle.config.ts': drizzleConfig(),
    ...Object.fromEntries(
      Object.entries(project({ '0000_a': 'DROP TABLE gone;' }))
        .filter(([path]) => path.startsWith('drizzle/'))
        .map(([path, content]) => [`other/${path}`, content]),
    ),
    ...files,
  })
  const result = await checkIn(folder, { kind: 'all' }).catch((error: unknown) => error as Error)
  if (result instanceof Error) expect(result.name, result.stack).toBe('ProblemError')
  else expect(result.findings.some(({ object }) => object === 'gone')).toBe(true)
})
