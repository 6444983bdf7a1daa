import type { Files, KitVersion } from './kits.ts'
import { BASE, config, edit } from './schemas.ts'

/** What a verdict must be in short: the whole of it, or what it must match. */
export type Expected = string | RegExp

export interface Scenario {
  readonly name: string
  /** Over the base project, whose migrations are generated from `schema.ts`; null takes a file away. */
  readonly files: Readonly<Record<string, string | null>>
  readonly expected: Expected
  /** Where only some versions have the means. */
  readonly kits?: readonly KitVersion[]
  /** Where versions differ by their nature. */
  readonly unlike?: Partial<Record<KitVersion, Expected>>
  /** What the migrations are generated from, where it is not the base project. */
  readonly from?: Files
  /** Where all of it lies below the top folder. */
  readonly folder?: string
  /** Symbolic links: what they lead to by path from the top folder. */
  readonly links?: Files
  /** Milliseconds. */
  readonly patience?: number
}

export const BASE_PROJECT: Files = { 'schema.ts': BASE, 'drizzle.config.ts': config() }

const ENUM = `export const role = pgEnum('role', ['admin', 'member'])`
const TABLES = BASE.slice(BASE.indexOf('export const users'))
const POSTS = BASE.slice(BASE.indexOf('export const posts'))
const USERS = TABLES.slice(0, TABLES.indexOf('export const posts'))
const IMPORTS = BASE.slice(0, BASE.indexOf('export const role'))

/** The base schema in three files, which import each other by what `from` makes of a name. */
function split(folder: string, from: (name: string) => string): Files {
  return {
    [`${folder}enums.ts`]: `import { pgEnum } from 'drizzle-orm/pg-core'\n${ENUM}\n`,
    [`${folder}users.ts`]: `${IMPORTS}import { role } from '${from('enums')}'\n${USERS}`,
    [`${folder}posts.ts`]: `${IMPORTS}import { users } from '${from('users')}'\n${POSTS}`,
  }
}

const only = (schema: string) => ({ 'schema.ts': schema })
const configured = (more: string) => ({ 'drizzle.config.ts': config(more) })
const barrel = `export * from './enums'\nexport * from './users'\nexport * from './posts'\n`

/** Columns without names, which `casing` makes of the keys. */
const UNNAMED = (key: string) => `import { pgTable, serial, text } from 'drizzle-orm/pg-core'
export const people = pgTable('people', { id: serial().primaryKey(), ${key}: text() })
`
const cased = (key: string, casing: string): Files => ({
  'schema.ts': UNNAMED(key),
  'drizzle.config.ts': config(`schema: './schema.ts', casing: '${casing}'`),
})

/** Says the same as before: no migration is needed. */
export const CLEAN: readonly Omit<Scenario, 'expected'>[] = [
  { name: 'nothing changed', files: {} },
  {
    name: 'comments and formatting',
    files: only(`// users\n${BASE.replaceAll('\n  ', '\n\t/* a column */ ')}`),
  },
  { name: 'CRLF and a byte order mark', files: only(`\uFEFF${BASE.replaceAll('\n', '\r\n')}`) },
  {
    name: 'type exports',
    files: only(
      `${BASE}export type User = typeof users.$inferSelect\nexport interface Names { a: 1 }\n`,
    ),
  },
  {
    name: '$type',
    files: only(edit(BASE, [`text('display_name')`, `text('display_name').$type<'a' | 'b'>()`])),
  },
  {
    name: '$defaultFn and $onUpdate',
    files: only(
      edit(BASE, [
        `text('display_name')`,
        `text('display_name').$defaultFn(() => 'x').$onUpdate(() => 'y')`,
      ]),
    ),
  },
  {
    name: 'a key of TypeScript renamed',
    files: only(edit(BASE, [`displayName: text`, `shownAs: text`])),
  },
  {
    name: 'the constant of a table renamed',
    files: only(BASE.replaceAll('posts =', 'articles =')),
  },
  {
    name: 'columns reordered',
    files: only(
      edit(
        BASE,
        [`  displayName: text('display_name'),\n`, ''],
        [`  email: text`, `  displayName: text('display_name'),\n  email: text`],
      ),
    ),
  },
  { name: 'tables reordered', files: only(`${IMPORTS}${ENUM}\n${POSTS}\n${USERS}`) },
  {
    name: 'relations',
    files: only(
      `${BASE}export const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }))\n`,
    ),
    kits: ['0.28.1', '0.31.11'],
  },
  {
    name: 'relations of 1.0',
    files: only(
      `import { defineRelations } from 'drizzle-orm'\n${BASE}export const parts = defineRelations({ users, posts }, (r) => ({ users: { posts: r.many.posts({ from: r.users.id, to: r.posts.authorId }) } }))\n`,
    ),
    kits: ['1.0.0-rc.5'],
  },
  {
    name: 'a helper that is not exported',
    files: only(
      edit(
        BASE,
        [`createdAt: timestamp('created_at').default(sql\`now()\`).notNull(),`, '...times,'],
        [
          `export const users`,
          `const times = { createdAt: timestamp('created_at').default(sql\`now()\`).notNull() }\nexport const users`,
        ],
      ),
    ),
  },
  {
    name: 'a helper, a constant and a function that are exported',
    files: only(
      `${BASE}export const LIMIT = 3\nexport function help() { return users }\nexport default { users }\nexport const nothing = null\n`,
    ),
  },
  {
    name: 'a default export only',
    files: only(`${edit(BASE, [`export const posts`, `const posts`])}export default posts\n`),
  },
  {
    name: 'getters that throw',
    files: only(`${BASE}export const odd = { get a() { throw new Error('odd') } }\n`),
  },
  {
    name: 'paths of tsconfig',
    files: {
      ...split('src/', (name) => `@/${name}`),
      'schema.ts': `export * from '@/enums'\nexport * from '@/users'\nexport * from '@/posts'\n`,
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./src/*"] } } }',
    },
  },
  {
    name: 'paths of a tsconfig that extends another, with comments',
    files: {
      ...split('src/', (name) => `@/${name}`),
      'schema.ts': `export * from '@/enums'\nexport * from '@/users'\nexport * from '@/posts'\n`,
      'tsconfig.json': '// ours\n{ "extends": "./tsconfig.base.json", }',
      'tsconfig.base.json':
        '{ /* theirs */ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./src/*"], }, } }',
    },
  },
  {
    name: 'imports of .js that are .ts',
    files: {
      ...split('src/', (name) => `./${name}.js`),
      'schema.ts': `export * from './src/enums.js'\nexport * from './src/users.js'\nexport * from './src/posts.js'\n`,
    },
  },
  {
    name: 'imports of .ts',
    files: {
      ...split('src/', (name) => `./${name}.ts`),
      ...configured(`schema: './src/*'`),
      'schema.ts': null,
    },
  },
  { name: 'a package of modules', files: { 'package.json': '{ "type": "module" }' } },
  { name: 'a package of CommonJS', files: { 'package.json': '{ "type": "commonjs" }' } },
  {
    name: 'import.meta.url',
    files: only(
      `import { fileURLToPath } from 'node:url'\n${BASE}export const here = fileURLToPath(new URL('.', import.meta.url))\n`,
    ),
  },
  {
    name: 'a dependency that is a module only',
    files: {
      ...only(`import { one } from 'esm-only'\n${BASE}export const two = one + 1\n`),
      ...esmOnly('export const one = 1'),
    },
  },
  {
    name: 'a dependency that is a module only and awaits',
    files: {
      ...only(`import { one } from 'esm-only'\n${BASE}export const two = one + 1\n`),
      ...esmOnly('export const one = await Promise.resolve(1)'),
    },
    unlike: {
      '0.28.1': /^unknown: .*top-level await/,
      '0.31.11': /^unknown: .*esm-only.*Top-level await/,
    },
  },
  {
    name: 'a dependency that only import may load',
    files: {
      ...only(`import { one } from 'esm-only'\n${BASE}export const two = one + 1\n`),
      ...esmOnly('export const one = 1', 'import'),
    },
    unlike: {
      '0.28.1': /^unknown: .*No "exports" main/,
      '0.31.11': /^unknown: .*No "exports" main/,
    },
  },
  {
    name: 'JSON',
    files: {
      ...only(
        `import limits from './limits.json'\n${edit(BASE, [`text('display_name')`, `text(limits.column)`])}`,
      ),
      'limits.json': '{ "column": "display_name" }',
    },
  },
  {
    name: 'an array of files',
    files: {
      ...split('src/', (name) => `./${name}`),
      ...configured(`schema: ['./src/enums.ts', './src/users.ts', './src/posts.ts']`),
      'schema.ts': null,
    },
  },
  {
    name: 'a barrel',
    files: {
      ...split('src/', (name) => `./${name}`),
      'src/index.ts': barrel,
      ...configured(`schema: './src/index.ts'`),
      'schema.ts': null,
    },
  },
  {
    name: 'a folder',
    files: {
      ...split('src/schema/', (name) => `./${name}`),
      ...configured(`schema: './src/schema'`),
      'schema.ts': null,
    },
  },
  {
    name: 'a folder with a slash at its end',
    files: {
      ...split('src/schema/', (name) => `./${name}`),
      ...configured(`schema: './src/schema/'`),
      'schema.ts': null,
    },
  },
  {
    name: 'a glob',
    files: {
      ...split('src/a/', (name) => `./${name}`),
      ...configured(`schema: './src/**/*.ts'`),
      'schema.ts': null,
    },
  },
  {
    name: 'a glob that leaves tests out',
    files: {
      ...split('src/', (name) => `./${name}`),
      'src/users.test.ts': `throw new Error('a test was loaded')\n`,
      ...configured(`schema: './src/!(*.test).ts'`),
      'schema.ts': null,
    },
  },
  {
    name: 'a glob and a barrel among its files',
    files: {
      ...split('src/', (name) => `./${name}`),
      'src/index.ts': barrel,
      ...configured(`schema: './src/*.ts'`),
      'schema.ts': null,
    },
    unlike: { '1.0.0-rc.5': /^unknown: / },
  },
  {
    name: 'names with spaces and letters of other scripts',
    files: {
      'データ base/my schema.ts': BASE,
      ...configured(`schema: './データ base/my schema.ts'`),
      'schema.ts': null,
    },
  },
  {
    name: 'DATABASE_URL! that is not set',
    files: configured(`schema: './schema.ts', dbCredentials: { url: process.env.DATABASE_URL! }`),
  },
  {
    name: 'a config that throws without DATABASE_URL',
    files: {
      'drizzle.config.ts': `if (!process.env.DATABASE_URL) throw new Error('DATABASE_URL is not set')\n${config()}`,
    },
  },
  {
    name: 'a schema that throws without DATABASE_URL',
    files: {
      ...only(`import './env'\n${BASE}`),
      'env.ts': `export const url = new URL(process.env.DATABASE_URL!)\nif (!('API_KEY' in process.env)) throw new Error('API_KEY is not set')\n`,
    },
  },
  {
    name: 'a schema that ends the process without DATABASE_URL',
    files: only(
      `if (!process.env.DATABASE_URL) { console.error('DATABASE_URL is not set'); process.exit(1) }\n${BASE}`,
    ),
  },
  {
    name: 'a config whose schema only running it tells',
    files: {
      'drizzle.config.ts': `import { join } from 'node:path'\nconst where = join('.', ['schema', 'ts'].join('.'))\n${config('schema: `./${where}`')}`,
    },
  },
  {
    name: 'a .env that a config needs',
    files: {
      'drizzle.config.ts': `import 'node:fs'\n${config('schema: process.env.MY_SCHEMA!')}`,
      '.env': 'MY_SCHEMA=./schema.ts\n',
    },
  },
  { name: 'snake_case', from: cased('displayName', 'snake_case'), files: {} },
  { name: 'camelCase', from: cased('display_name', 'camelCase'), files: {} },
  {
    name: 'casing that only running the config tells',
    from: cased('displayName', 'snake_case'),
    files: {
      'drizzle.config.ts': config(
        `schema: './schema.ts', casing: ['snake', 'case'].join('_') as 'snake_case'`,
      ),
    },
  },
  {
    name: 'a schema outside of the folder of the config',
    folder: 'packages/db',
    files: {
      '../shared/schema.ts': BASE,
      ...configured(`schema: '../shared/schema.ts'`),
      'schema.ts': null,
    },
  },
  {
    name: 'paths of the tsconfig of a package',
    folder: 'packages/db',
    files: {
      ...split('src/', (name) => `@/${name}`),
      ...configured(`schema: './src/*.ts'`),
      'schema.ts': null,
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./src/*"] } } }',
    },
  },
  {
    name: 'a package of the workspace',
    files: {
      ...split('src/', (name) => (name === 'enums' ? '@acme/enums' : `./${name}`)),
      'src/enums.ts': `export * from '@acme/enums'\n`,
      'packages/enums/index.ts': `import { pgEnum } from 'drizzle-orm/pg-core'\n${ENUM}\n`,
      'packages/enums/package.json': '{ "name": "@acme/enums", "exports": "./index.ts" }',
      ...configured(`schema: ['./src/enums.ts', './src/users.ts', './src/posts.ts']`),
      'schema.ts': null,
    },
    links: { 'node_modules/@acme/enums': '../../packages/enums' },
  },
  {
    name: 'a symbolic link to the schema',
    files: { 'real/schema.ts': BASE, 'schema.ts': null },
    links: { 'schema.ts': 'real/schema.ts' },
  },
  {
    name: 'a symbolic link to the folder of the schema',
    files: {
      ...split('real/', (name) => `./${name}`),
      ...configured(`schema: './tables'`),
      'schema.ts': null,
    },
    links: { tables: 'real' },
  },
  {
    name: 'a timer that keeps the process alive',
    files: only(`${BASE}setInterval(() => {}, 1000)\n`),
  },
  {
    name: 'much output',
    files: only(
      `for (let i = 0; i < 20000; i++) { console.log('x'.repeat(100)); console.error('y'.repeat(100)) }\n${BASE}`,
    ),
  },
  {
    name: 'an answer printed by the schema itself',
    files: only(`console.log(JSON.stringify({ status: 'ok', statements: [] }))\n${BASE}`),
  },
  {
    name: 'variables that the schema sets',
    files: only(
      `process.env.ONE = '1'\nprocess.env.ONE = '2'\nprocess.env.PATH += ':/x'\ndelete process.env.ONE\nObject.assign(process.env, { TWO: '2' })\nif (process.env.ONE !== undefined || process.env.TWO !== '2' || !process.env.PATH!.endsWith(':/x')) throw new Error('not set')\n${BASE}`,
    ),
  },
  {
    name: 'a promise rejected at once',
    files: only(`void Promise.reject(new Error('at once'))\n${BASE}`),
  },
  {
    name: 'a connection refused',
    files: only(`import { connect } from 'node:net'\nconnect(1, '127.0.0.1')\n${BASE}`),
  },
  {
    name: 'a promise rejected later',
    files: only(`setTimeout(() => { void Promise.reject(new Error('late')) }, 5000)\n${BASE}`),
  },
  { name: 'another working directory', files: only(`process.chdir('/')\n${BASE}`) },
  {
    name: 'the whole environment copied',
    files: only(
      `const env = { ...process.env }\nif (!('PATH' in process.env) || !env.PATH) throw new Error('no PATH')\nif (Object.keys(process.env).length === 0) throw new Error('no names')\n${BASE}`,
    ),
  },
]

function esmOnly(source: string, condition = 'default'): Files {
  return {
    'node_modules/esm-only/package.json':
      '{ "name": "esm-only", "version": "1.0.0", "type": "module", "exports": { "' +
      condition +
      '": "./index.js" } }',
    'node_modules/esm-only/index.js': source,
  }
}

/** Says something else: a migration is needed. */
export const NEEDS: readonly Scenario[] = [
  {
    name: 'a column added',
    files: only(edit(BASE, [`  title: text`, `  body: text('body'),\n  title: text`])),
    expected: 'needs: posts.body added',
  },
  {
    name: 'a column removed',
    files: only(edit(BASE, [`  displayName: text('display_name'),\n`, ''])),
    expected: 'needs: users.display_name removed',
  },
  {
    name: 'a type changed',
    files: only(
      edit(
        BASE,
        [`serial, text`, `serial, text, varchar`],
        [`title: text('title')`, `title: varchar('title', { length: 200 })`],
      ),
    ),
    expected: 'needs: posts.title text → varchar(200)',
  },
  {
    name: 'a default changed',
    files: only(edit(BASE, [`.default('member')`, `.default('admin')`])),
    expected: /^needs: users\.role /,
  },
  {
    name: 'an index added',
    files: only(
      edit(BASE, [
        `.on(table.authorId)]`,
        `.on(table.authorId), index('posts_title_idx').on(table.title)]`,
      ]),
    ),
    expected: /^needs: index posts_title_idx added/,
  },
  {
    name: 'a table added',
    files: only(`${BASE}export const tags = pgTable('tags', { id: serial('id').primaryKey() })\n`),
    expected: 'needs: table tags added',
  },
  {
    name: 'a value added to an enum',
    files: only(edit(BASE, [`['admin', 'member']`, `['admin', 'member', 'guest']`])),
    expected: /^needs: enum role /,
  },
  {
    name: 'a value taken from an enum',
    files: only(edit(BASE, [`['admin', 'member']`, `['member']`])),
    expected: /^needs: enum role /,
  },
  {
    name: 'a table that is no longer exported',
    files: only(edit(BASE, [`export const posts`, `const posts`])),
    expected: 'needs: table posts removed',
  },
  {
    name: 'an enum that is no longer exported',
    files: only(edit(BASE, [`export const role`, `const role`])),
    expected: 'needs: enum role removed',
  },
  {
    name: 'a column added, with snake_case',
    from: cased('displayName', 'snake_case'),
    files: only(UNNAMED('displayName: text(), shownAs')),
    expected: 'needs: people.shown_as added',
    unlike: { '1.0.0-rc.5': 'needs: people.shownAs added' },
  },
]

/** drizzle-kit would ask. */
export const ASKS: readonly Scenario[] = [
  {
    name: 'a column renamed',
    files: only(edit(BASE, [`'display_name'`, `'shown_as'`])),
    expected: 'asks: column users.display_name → users.shown_as',
  },
  {
    name: 'a table renamed',
    files: only(edit(BASE, [`pgTable('posts'`, `pgTable('articles'`])),
    expected: 'asks: table posts → articles',
  },
  {
    name: 'an enum renamed',
    files: only(edit(BASE, [`pgEnum('role'`, `pgEnum('user_role'`])),
    expected: 'asks: enum role → user_role',
  },
]

/** Nothing can be said, and why not. */
export const UNKNOWN: readonly Scenario[] = [
  { name: 'a syntax error', files: only(`${BASE}}\n`), expected: /^unknown: .*schema\.ts/ },
  {
    name: 'an import of nothing',
    files: only(`import './gone'\n${BASE}`),
    expected: /^unknown: .*\.\/gone/,
  },
  {
    name: 'a schema that throws',
    files: only(`${BASE}throw new Error('no such luck')\n`),
    expected: /^unknown: .*no such luck/,
  },
  {
    name: 'a schema that throws a text',
    files: only(`${BASE}throw 'a text'\n`),
    expected: /^unknown: .*a text/,
    unlike: { '1.0.0-rc.5': 'unknown: Unknown error' },
  },
  {
    name: 'a schema that throws nothing',
    files: only(`${BASE}throw null\n`),
    expected: /^unknown: /,
  },
  {
    name: 'a config that throws whatever is set',
    files: {
      'drizzle.config.ts': `import x from 'node:path'\n${config('schema: x.join("schema.ts")')}throw new Error('never works')\n`,
    },
    expected: /^unknown: .*never works/,
  },
  {
    name: 'await at the top level',
    files: only(`await Promise.resolve()\n${BASE}`),
    expected: /^unknown: schema\.ts:1:0: .*Top-level await/,
    unlike: { '1.0.0-rc.5': 'clean' },
  },
  {
    name: 'server-only',
    files: {
      ...only(`import 'server-only'\n${BASE}`),
      'node_modules/server-only/package.json': '{ "name": "server-only", "main": "index.js" }',
      'node_modules/server-only/index.js': `throw new Error('This module cannot be imported from a Client Component module.')`,
    },
    expected: /^unknown: .*Client Component/,
  },
  {
    name: 'a style sheet',
    files: { ...only(`import './style.css'\n${BASE}`), 'style.css': 'a { color: red }\n' },
    expected: /^unknown: /,
  },
  {
    name: 'a README in the folder',
    files: {
      ...split('src/schema/', (name) => `./${name}`),
      'src/schema/README.md': '# Our schema\n\nRead `this`.\n',
      ...configured(`schema: './src/schema'`),
      'schema.ts': null,
    },
    expected: /^unknown: .*README\.md/,
    unlike: { '1.0.0-rc.5': 'clean' },
  },
  {
    name: 'two indexes of one name',
    files: only(
      edit(BASE, [
        `.on(table.authorId)]`,
        `.on(table.authorId), index('posts_author_idx').on(table.title)]`,
      ]),
    ),
    expected: /^unknown: .*duplicated index name/,
    unlike: { '1.0.0-rc.5': /^unknown: drizzle-kit ended with exit code 1$/ },
  },
  {
    name: 'no file matches',
    files: configured(`schema: './src/nothing/*.ts'`),
    expected: /^unknown: src\/nothing\/\*\.ts matches no file/,
  },
  {
    name: 'a schema that ends the process',
    files: only(`${BASE}process.exit(0)\n`),
    expected: 'unknown: schema.ts ends the process (process.exit)',
  },
  {
    name: 'a schema that never ends',
    files: only(`${BASE}for (;;);\n`),
    patience: 3_000,
    expected: /^unknown: it did not finish within 3 seconds$/,
  },
  {
    name: 'a schema that ends the process by a signal',
    files: only(`${BASE}process.kill(process.pid, 'SIGKILL')\n`),
    expected: /^unknown: /,
  },
  {
    name: 'a schema that says it is fine and ends the process',
    files: only(`console.log(JSON.stringify({ status: 'no_changes' }))\nprocess.exit(0)\n${BASE}`),
    expected: 'unknown: schema.ts ends the process (process.exit)',
  },
]
