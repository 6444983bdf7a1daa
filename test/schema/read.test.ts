import { describe, expect, test } from 'vitest'
import { foreignKeys, read, readTable } from './reading.ts'

const columns = (code: string) =>
  readTable(code).columns.map(({ key, name, type }) => [key, name, type?.name])

describe('how a table is declared', () => {
  test.for([
    ['under its own name', `import { pgTable } from 'drizzle-orm/pg-core'`, `pgTable('t', {})`],
    ['renamed', `import { pgTable as table } from 'drizzle-orm/pg-core'`, `table('t', {})`],
    ['from a namespace', `import * as pg from 'drizzle-orm/pg-core'`, `pg.pgTable('t', {})`],
    [
      'by an alias',
      `import { pgTable } from 'drizzle-orm/pg-core'\nconst table = pgTable`,
      `table('t', {})`,
    ],
    ['with as const', `import { pgTable } from 'drizzle-orm/pg-core'`, `pgTable('t', {} as const)`],
    [
      'with satisfies',
      `import { pgTable } from 'drizzle-orm/pg-core'`,
      `(pgTable('t', {}) satisfies object)`,
    ],
    [
      'of a module that is required',
      `const { pgTable } = require('drizzle-orm/pg-core')`,
      `pgTable('t', {})`,
    ],
    ['of the whole of it', `const pg = require('drizzle-orm/pg-core')`, `pg.pgTable('t', {})`],
    [
      'by snakeCase of 1.0',
      `import { snakeCase } from 'drizzle-orm/pg-core'`,
      `snakeCase.table('t', {})`,
    ],
    [
      'with a name that is a constant',
      `import { pgTable } from 'drizzle-orm/pg-core'\nconst name = 't'`,
      'pgTable(name, {})',
    ],
    [
      'with a name that is a template',
      `import { pgTable } from 'drizzle-orm/pg-core'\nconst letter = 't'`,
      'pgTable(`${letter}`, {})',
    ],
  ])('%s', ([, head, call]) => {
    const { name, schema, dialect, variable, exported, complete } = readTable(
      `${head}\nexport const users = ${call}`,
    )
    expect({ name, schema, dialect, variable, exported, complete }).toEqual({
      name: 't',
      schema: null,
      dialect: 'postgresql',
      variable: 'users',
      exported: true,
      complete: true,
    })
  })

  test('in a schema, with its enums', () => {
    const file = read(`
      import { pgSchema } from 'drizzle-orm/pg-core'
      export const auth = pgSchema('auth')
      export const role = auth.enum('role', ['admin'])
      export const users = auth.table('users', { role: role() })
    `)
    expect(file.tables[0]).toMatchObject({ name: 'users', schema: 'auth' })
    expect(file.tables[0]?.columns[0]?.type).toMatchObject({ schema: 'auth', name: 'role' })
    expect(file.objects.map(({ kind, name, schema }) => [kind, name, schema])).toEqual([
      ['schema', 'auth', 'auth'],
      ['enum', 'role', 'auth'],
    ])
  })

  test('by a creator that adds a prefix', () => {
    const { name } = readTable(`
      import { pgTableCreator, integer } from 'drizzle-orm/pg-core'
      const createTable = pgTableCreator((name) => \`shop_\${name}\`)
      export const users = createTable('users', (t) => ({ id: t.integer() }))
    `)
    expect(name).toBe('shop_users')
  })

  test('by a creator of another file: the name is not known', () => {
    const table = readTable(`
      import { integer } from 'drizzle-orm/pg-core'
      import { createTable } from './table'
      export const users = createTable('users', { id: integer().primaryKey() })
    `)
    expect(table).toMatchObject({ name: null, schema: undefined, dialect: 'postgresql' })
    expect(table.columns).toHaveLength(1)
  })

  test('in a schema of another file: its schema is not known', () => {
    const table = readTable(`
      import { integer } from 'drizzle-orm/pg-core'
      import { auth } from './schema'
      export const users = auth.table('users', { id: integer().primaryKey() })
    `)
    expect(table).toMatchObject({ name: 'users', schema: undefined })
  })

  test.for([
    ['mysql', 'mysqlTable', 'mysql-core'],
    ['sqlite', 'sqliteTable', 'sqlite-core'],
    ['singlestore', 'singlestoreTable', 'singlestore-core'],
    ['gel', 'gelTable', 'gel-core'],
  ])('for %s', ([dialect, table, core]) => {
    const code = `import { ${table} } from 'drizzle-orm/${core}'\nexport const t = ${table}('t', {})`
    expect(readTable(code).dialect).toBe(dialect)
  })

  test('not by what only looks like it', () => {
    const { tables } = read(`
      import { pgTable } from './mine'
      import { integer } from 'drizzle-orm/pg-core'
      import { defineThing } from './things'
      export const a = relations(users, () => ({}))
      export const b = defineThing('users', { id: integer() })
      export const c = schema.createTable('users', (t) => { t.increments() })
    `)
    expect(tables).toEqual([])
  })

  test('and nothing is read of a file without drizzle', () => {
    expect(read(`export const users = table('users', {})`).tables).toEqual([])
  })
})

describe('what is exported', () => {
  const exported = (rest: string) =>
    readTable(`import { pgTable } from 'drizzle-orm/pg-core'\n${rest}`).exported

  test.for([
    ['export const', `export const users = pgTable('users', {})`, true],
    ['export list', `const users = pgTable('users', {})\nexport { users }`, true],
    [
      'under another name',
      `const users = pgTable('users', {})\nexport { users as usersTable }`,
      true,
    ],
    ['as the default', `const users = pgTable('users', {})\nexport default users`, true],
    ['as the default, without a variable', `export default pgTable('users', {})`, true],
    ['by an alias', `const users = pgTable('users', {})\nexport const accounts = users`, true],
    ['by CommonJS', `const users = pgTable('users', {})\nmodule.exports = { users }`, true],
    ['not at all', `const users = pgTable('users', {})\nexport const other = 1`, false],
    [
      'within an object, which drizzle-kit does not look into',
      `const users = pgTable('users', {})\nexport const schema = { users }`,
      false,
    ],
  ] as const)('%s', ([, code, expected]) => {
    expect(exported(code)).toBe(expected)
  })
})

describe('columns', () => {
  const head = `import { pgTable, integer, text, timestamp, serial, bigint, uuid, varchar, customType, pgEnum } from 'drizzle-orm/pg-core'\n`

  test('have the name they are given, else their key if no casing can change it', () => {
    expect(
      columns(
        `${head}export const t = pgTable('t', { id: integer(), userId: integer('user_id'), orgId: text({ length: 3 }), 'odd key': text() })`,
      ),
    ).toEqual([
      ['id', 'id', 'int4'],
      ['userId', 'user_id', 'int4'],
      ['orgId', null, 'text'],
      ['odd key', null, 'text'],
    ])
  })

  test('have the casing of their table in 1.0', () => {
    const code = `import { snakeCase, integer } from 'drizzle-orm/pg-core'\nexport const t = snakeCase.table('t', { userId: integer() })`
    expect(columns(code)).toEqual([['userId', 'user_id', 'int4']])
  })

  test('come from a callback with builders', () => {
    const code = `${head}export const t = pgTable('t', (t) => ({ id: t.integer().notNull(), at: t.timestamp({ withTimezone: true }) }))`
    expect(columns(code)).toEqual([
      ['id', 'id', 'int4'],
      ['at', 'at', 'timestamptz'],
    ])
    expect(readTable(code).columns[0]?.notNull).toBe(true)
  })

  test('come from a callback that takes the builders apart', () => {
    const code = `${head}export const t = pgTable('t', ({ uuid: id }) => ({ id: id().primaryKey() }))`
    expect(columns(code)).toEqual([['id', 'id', 'uuid']])
  })

  test('come from objects and functions of the same file', () => {
    const table = readTable(`${head}
      const timestamps = { createdAt: timestamp('created_at').notNull().defaultNow() }
      const keys = () => ({ id: serial('id').primaryKey() })
      const reference = (name: string) => integer(name).notNull()
      const fields = { name: varchar('name', { length: 20 }) } as const
      const email = text('email')
      export const t = pgTable('t', { ...keys(), ...timestamps, ownerId: reference('owner_id'), name: fields.name, email: email.unique() })
    `)
    expect(table.complete).toBe(true)
    expect(
      table.columns.map(({ key, name, type, notNull, hasDefault }) => [
        key,
        name,
        type?.name,
        notNull,
        hasDefault,
      ]),
    ).toEqual([
      ['id', 'id', 'int4', true, true],
      ['createdAt', 'created_at', 'timestamp', true, true],
      ['ownerId', 'owner_id', 'int4', true, false],
      ['name', 'name', 'varchar', false, false],
      ['email', 'email', 'text', false, false],
    ])
    expect(table.keys.map(({ kind, columns }) => [kind, columns])).toEqual([
      ['primary key', ['id']],
      ['unique', ['email']],
    ])
  })

  test('from other files are not known, and the table is not complete', () => {
    const table = readTable(`${head}
      import { timestamps, primaryId } from './columns'
      export const t = pgTable('t', { id: primaryId('id').notNull(), ...timestamps })
    `)
    expect(table.complete).toBe(false)
    expect(table.columns).toMatchObject([
      { key: 'id', name: null, known: false, type: null, notNull: true },
    ])
  })

  test('of custom types are known, their type is not', () => {
    const table = readTable(`${head}
      const citext = customType<{ data: string }>({ dataType: () => 'citext' })
      export const t = pgTable('t', { email: citext('email').notNull() })
    `)
    expect(table.columns).toMatchObject([{ name: 'email', known: true, type: null, notNull: true }])
  })

  test('have a default only if the database knows it', () => {
    const defaults = readTable(`${head}export const t = pgTable('t', {
      a: text().default('x'),
      b: timestamp().defaultNow(),
      c: uuid().defaultRandom(),
      d: text().$defaultFn(() => 'x'),
      e: text().$default(() => 'x'),
      f: timestamp().$onUpdate(() => new Date()),
      g: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
      h: text().generatedAlwaysAs('x'),
      i: text().array().notNull(),
    })`).columns
    expect(defaults.filter(({ hasDefault }) => hasDefault).map(({ key }) => key)).toEqual([
      'a',
      'b',
      'c',
      'g',
      'h',
    ])
    expect(defaults.at(-1)?.type).toMatchObject({ name: 'text', dimensions: 1 })
    expect(defaults.filter(({ notNull }) => notNull).map(({ key }) => key)).toEqual(['g', 'i'])
  })
})

describe('the extra configuration', () => {
  const head = `import { pgTable, integer, text, index, uniqueIndex, unique, primaryKey, foreignKey, check, pgPolicy } from 'drizzle-orm/pg-core'
    import { sql, isNotNull } from 'drizzle-orm'
    const columns = { a: integer(), b: integer('b_b'), c: text() }\n`
  const table = (extras: string) =>
    readTable(`${head}export const t = pgTable('t', columns, ${extras})`)
  const indexed = (extras: string) =>
    table(extras).indexes.map(({ name, columns }) => [name, columns])

  test.for([
    ['an array', `(t) => [index('i').on(t.a, t.b)]`],
    ['an object', `(t) => ({ i: index('i').on(t.a, t.b) })`],
    ['a function with a body', `function (t) { const on = t.b; return [index('i').on(t.a, on)] }`],
    ['a parameter that is taken apart', `({ a, b: second }) => [index('i').on(a, second)]`],
    ['columns with an order', `(t) => [index('i').on(t.a.desc(), t.b.asc().nullsLast())]`],
    ['columns by brackets', `(t) => [index('i').on(t['a'], t['b'])]`],
    ['a method', `(t) => [index('i').using('btree', t.a, t.b)]`],
    [
      'a spread of this file',
      `(t) => [...common(t)]\nconst common = (t) => [index('i').on(t.a, t.b)]`,
    ],
    [
      'a helper of this file',
      `(t) => [both(t)]\nfunction both(t) { return index('i').on(t.a, t.b) }`,
    ],
  ] as const)('in the form of %s', ([, extras]) => {
    const [first = '', ...rest] = extras.split('\n')
    const read = readTable(
      `${head}${rest.join('\n')}\nexport const t = pgTable('t', columns, ${first})`,
    )
    expect(read.extrasKnown).toBe(true)
    expect(read.indexes.map(({ name, columns }) => [name, columns])).toEqual([['i', ['a', 'b']]])
  })

  test('of another file is not known', () => {
    expect(table('extras').extrasKnown).toBe(false)
    expect(table('(t) => [...shared(t)]').extrasKnown).toBe(false)
    expect(table('(t) => [shared(t), index().on(t.a)]')).toMatchObject({
      extrasKnown: false,
      indexes: [{}],
    })
  })

  test('holds bare SQL, which drizzle-kit does not look at', () => {
    expect(table('(t) => ({ c: sql`CHECK (a > 1)` })').extrasKnown).toBe(true)
  })

  test('names what has a name', () => {
    expect(
      indexed('(t) => [index().on(t.a), index(name).on(t.a), index("i").on(sql`lower(${t.c})`)]'),
    ).toEqual([
      [null, ['a']],
      [undefined, ['a']],
      ['i', [null]],
    ])
  })

  test('knows the method and the condition of an index', () => {
    const { indexes } = table(`(t) => [
      index('a').using('gin', t.c),
      index('b').on(t.a).where(sql\`\${t.b} is not null\`),
      index('c').on(t.a).where(isNotNull(t.b)),
      index('d').on(t.a).where(sql\`b_b IS NOT NULL AND \${t.a} IS NOT NULL\`),
      index('e').on(t.a).where(sql\`\${t.b} = 1\`),
    ]`)
    expect(indexes.map(({ name, method, where }) => [name, method, where])).toEqual([
      ['a', 'gin', null],
      ['b', 'btree', { onlyNotNull: ['b'] }],
      ['c', 'btree', { onlyNotNull: ['b'] }],
      ['d', 'btree', { onlyNotNull: ['b_b', 'a'] }],
      ['e', 'btree', { onlyNotNull: null }],
    ])
  })

  test('declares keys, checks and policies', () => {
    const { keys, checks, policies } = table(`(t) => [
      primaryKey({ columns: [t.a, t.b], name: 'pk' }),
      unique().on(t.c),
      uniqueIndex('u').on(t.b),
      check('positive', sql\`\${t.a} > 0\`),
      pgPolicy('mine', { for: 'select' }),
    ]`)
    expect(keys.map(({ name, kind, columns }) => [name, kind, columns])).toEqual([
      ['pk', 'primary key', ['a', 'b']],
      [null, 'unique', ['c']],
    ])
    expect([...checks, ...policies].map(({ name }) => name)).toEqual(['positive', 'mine'])
  })

  test('takes the older form of a primary key', () => {
    expect(table('(t) => ({ pk: primaryKey(t.a, t.b) })').keys).toMatchObject([
      { columns: ['a', 'b'] },
    ])
  })
})

describe('foreign keys', () => {
  const head = `import { pgTable, integer, foreignKey, type AnyPgColumn } from 'drizzle-orm/pg-core'
    export const users = pgTable('users', { id: integer().primaryKey(), orgId: integer('org_id') })\n`
  const keysOf = (code: string) => {
    const file = read(head + code)
    return foreignKeys(file.tables[1]!, file)
  }

  test.for([
    [
      'a reference',
      `export const p = pgTable('p', { u: integer().references(() => users.id, { onDelete: 'cascade' }) })`,
      'p.u → users.id cascade',
    ],
    [
      'a reference with a block',
      `export const p = pgTable('p', { u: integer().references(() => { return users.id }) })`,
      'p.u → users.id',
    ],
    [
      'a reference to itself',
      `export const p = pgTable('p', { id: integer(), u: integer().references((): AnyPgColumn => p.id) })`,
      'p.u → p.id',
    ],
    [
      'a reference to a later table',
      `export const p = pgTable('p', { u: integer().references(() => later.id) })\nexport const later = pgTable('later', { id: integer() })`,
      'p.u → later.id',
    ],
    [
      'a reference to another file',
      `import { orgs } from './orgs'\nexport const p = pgTable('p', { u: integer().references(() => orgs.id) })`,
      'p.u → ?',
    ],
    [
      'several columns',
      `export const p = pgTable('p', { u: integer(), o: integer() }, (t) => [foreignKey({ columns: [t.u, t.o], foreignColumns: [users.id, users.orgId] }).onDelete('set null')])`,
      'p.u, p.o → users.id, users.org_id set null',
    ],
    [
      'itself, with the callback’s parameter',
      `export const p = pgTable('p', { id: integer(), u: integer() }, (t) => ({ fk: foreignKey({ columns: [t.u], foreignColumns: [t.id] }) }))`,
      'p.u → p.id',
    ],
    [
      'the older form with a function',
      `export const p = pgTable('p', { u: integer() }, (t) => [foreignKey(() => ({ columns: [t.u], foreignColumns: [users.id] }))])`,
      'p.u → users.id',
    ],
    [
      'a column made by a function',
      `const user = (name: string) => integer(name).references(() => users.id)\nexport const p = pgTable('p', { u: user('user_id') })`,
      'p.user_id → users.id',
    ],
  ] as const)('%s', ([, code, expected]) => {
    expect(keysOf(code)).toEqual([expected])
  })
})

test('a table with row level security, in each of its forms', () => {
  const { tables, linkedPolicies } = read(`
    import { pgTable, pgPolicy } from 'drizzle-orm/pg-core'
    import { other } from './other'
    export const a = pgTable('a', {}).enableRLS()
    export const b = pgTable.withRLS('b', {})
    export const c = pgTable('c', {})
    export const policy = pgPolicy('p', { for: 'all' }).link(a)
  `)
  expect(tables.map(({ rowSecurity }) => rowSecurity)).toEqual([true, true, false])
  expect(linkedPolicies).toEqual(new Set([tables[0]!.call]))
})

test.for([
  [
    'names that lead to themselves',
    'const a = b\nconst b = a\nexport const t = pgTable(a, { ...b, x: a.x(), y: b })',
  ],
  [
    'functions that call themselves',
    'const f = () => f()\nexport const t = pgTable(f(), f(), f())',
  ],
  [
    'arguments that are missing',
    'export const t = pgTable()\nexport const u = pgTable("u")\nexport const v = pgTable(...args)',
  ],
  [
    'elements that are missing',
    'export const t = pgTable("t", { a: index.on }, (t) => [, index().on(), foreignKey(), primaryKey(), unique()])',
  ],
  [
    'patterns it does not know',
    'export const [t] = [pgTable("t", {})], { u } = { u: 1 }\nexport let v',
  ],
])('is not upset by %s', ([, code]) => {
  expect(() =>
    read(
      `import { pgTable, index, foreignKey, primaryKey, unique } from 'drizzle-orm/pg-core'\n${code}`,
    ),
  ).not.toThrow()
})

test('what leads to itself, as text that is half typed may', () => {
  const table = readTable(`
    import { pgTable, text, index } from 'drizzle-orm/pg-core'
    const own = { id: text(), ...own }
    const name = name
    const part = () => part()
    const parts = [index().on(own.id), ...parts]
    export const users = pgTable('users', { ...own, [name]: text(), other: part().notNull(), last: own.missing() }, () => parts)
  `)
  expect(table.columns.map(({ key }) => key)).toEqual(['id', 'other', 'last'])
  expect(table.complete).toBe(false)
})
