import { describe, expect, test } from 'vitest'
import { nameKey } from '../../src/catalog/names.ts'
import { type LockMode, isAtLeast } from '../../src/dialects/postgres/lockModes.ts'
import { dropRule, judged, testRule, told } from './judged.ts'

const deployed = `CREATE TABLE users (id int PRIMARY KEY, name text); CREATE TABLE posts (id int PRIMARY KEY, author int);
  CREATE SCHEMA app; CREATE TABLE app.users (id int); CREATE TYPE mood AS ENUM ('sad', 'ok');`

describe('a rule is shown', () => {
  const seen = (sql: string | readonly string[]) => {
    const events: string[] = []
    const note = (event: string) => (unit: unknown) => {
      const { kind, name, index } = unit as { kind?: string; name?: string; index?: number }
      events.push(`${event} ${kind ?? name ?? index ?? ''}`.trim())
    }
    const names = [
      'Change',
      'Statement',
      'Migration',
      'Deployment',
      'DropColumn',
      'AddColumn',
      'ReadRows',
      'RecreateEnum',
    ]
    const visitors = names.flatMap((name) => [
      [name, note(name)],
      ...(name === 'Change' ? [] : [[`${name}:exit`, note(`${name}:exit`)]]),
    ])
    judged(sql, { deployed, rules: [testRule('watcher', () => Object.fromEntries(visitors))] })
    return events
  }

  test('a deployment, its migrations, their statements and changes, in order, and each again at its end', () => {
    expect(seen(['ALTER TABLE users DROP name, ADD nick text;', 'SELECT 1;'])).toEqual([
      'Deployment',
      'Migration 0000',
      'Statement 0',
      'Change DropColumn',
      'DropColumn DropColumn',
      'Change AddColumn',
      'AddColumn AddColumn',
      'DropColumn:exit DropColumn',
      'AddColumn:exit AddColumn',
      'Statement:exit 0',
      'Migration:exit 0000',
      'Migration 0001',
      'Statement 1',
      'Change ReadRows',
      'ReadRows ReadRows',
      'ReadRows:exit ReadRows',
      'Statement:exit 1',
      'Migration:exit 0001',
      'Deployment:exit',
    ])
  })

  test('an empty file as a migration without statements', () => {
    expect(seen('-- nothing')).toEqual([
      'Deployment',
      'Migration 0000',
      'Migration:exit 0000',
      'Deployment:exit',
    ])
  })

  test('a folded change once, with the statement that completes it', () => {
    const events = seen([
      `CREATE TABLE t (mood mood);`,
      `ALTER TABLE t ALTER mood TYPE text; DROP TYPE mood; CREATE TYPE mood AS ENUM ('sad');
       ALTER TABLE t ALTER mood TYPE mood USING mood::mood;`,
    ])
    expect(events.filter((event) => event.includes('RecreateEnum'))).toHaveLength(3)
    expect(events.indexOf('Change RecreateEnum')).toBe(events.indexOf('Statement 4') + 1)
  })

  test('the deployment from its start to its end', () => {
    const rule = testRule('watcher', (context) => ({
      Deployment: ({ before, after, known, changes, session }) => {
        expect(context.deployment.before).toBe(before)
        expect(before.tables.has(nameKey({ schema: 'public', name: 't' }))).toBe(false)
        expect(after.tables.has(nameKey({ schema: 'public', name: 't' }))).toBe(true)
        expect(known).toBe(after)
        expect(changes).toHaveLength(1)
        expect(session.transaction).toBe('deployment')
        context.report({ on: changes[0]!, messageId: 'said', object: 'looked' })
      },
    }))
    expect(told(judged('CREATE TABLE t (a int);', { deployed, rules: [rule] }))).toEqual([
      'watcher: looked',
    ])
  })

  test('what a change costs, worked out once for all rules', () => {
    const costs = new Set<unknown>()
    const rule = (name: string) =>
      testRule(name, (context) => ({
        Change: (change) => {
          costs.add(context.effects(change))
          costs.add(context.effects(change))
        },
      }))
    judged('ALTER TABLE users ALTER name TYPE int USING name::int;', {
      deployed,
      rules: [rule('a'), rule('b')],
    })
    expect(costs.size).toBe(1)
  })
})

describe('the locks a transaction holds', () => {
  const held = (
    sql: string | readonly string[],
    transaction: 'deployment' | 'migration' | 'none' = 'deployment',
  ) => {
    const seen: string[] = []
    const rule = testRule('watcher', (context) => ({
      ReadRows: () => {
        seen.push(
          ['posts', 'users']
            .flatMap((name) => context.heldLocks.on({ schema: 'public', name }) ?? [])
            .filter(({ mode }) => isAtLeast(mode as LockMode, 'ShareUpdateExclusive'))
            .map(({ relation, mode, by }) => `${relation.name} ${mode} ${by.kind}`)
            .sort()
            .join(', '),
        )
      },
    }))
    judged(sql, { deployed, rules: [rule], transaction })
    return seen
  }

  test('add up, statement by statement and file by file', () => {
    expect(
      held([
        'SELECT 1; ALTER TABLE users ADD a int; SELECT 2;',
        'SELECT 3; CREATE INDEX i ON posts (author); SELECT 4;',
      ]),
    ).toEqual([
      '',
      'users AccessExclusive AddColumn',
      'users AccessExclusive AddColumn',
      'posts Share CreateIndex, users AccessExclusive AddColumn',
    ])
  })

  test('are the strongest on each relation, by the change that took it', () => {
    expect(
      held(
        'CREATE INDEX i ON posts (author); ALTER TABLE posts ADD a int; CREATE INDEX j ON posts (a); SELECT 1;',
      ),
    ).toEqual(['posts AccessExclusive AddColumn'])
  })

  test('are told by the first of those that keep out most', () => {
    const seen: string[] = []
    const rule = testRule('watcher', (context) => ({
      ReadRows: () => {
        const lock = context.heldLocks.strongest()
        seen.push(`${lock?.relation.name} ${lock?.mode}`)
      },
    }))
    judged(
      `SELECT 1; CREATE INDEX i ON posts (author); SELECT 2; ALTER TABLE users ADD a int;
      SELECT 3; ALTER TABLE posts ADD a int; SELECT 4;`,
      { deployed, rules: [rule] },
    )
    expect(seen).toEqual([
      'undefined undefined',
      'posts Share',
      'users AccessExclusive',
      'users AccessExclusive',
    ])
  })

  test('are not yet those of the change that is being looked at', () => {
    const seen: (string | undefined)[] = []
    const rule = testRule('watcher', (context) => ({
      AddColumn: () => void seen.push(context.heldLocks.strongest()?.relation.name),
    }))
    judged('ALTER TABLE users ADD a int; ALTER TABLE posts ADD a int;', { deployed, rules: [rule] })
    expect(seen).toEqual([undefined, 'users'])
  })

  test('end with the file under a migrator that commits each', () => {
    expect(held(['ALTER TABLE users ADD a int;', 'SELECT 1;'], 'migration')).toEqual([''])
  })

  test('end with the statement where nothing is one transaction', () => {
    const breakpoint = '--> statement-breakpoint'
    expect(held(`ALTER TABLE users ADD a int;${breakpoint} SELECT 1;`, 'none')).toEqual([''])
    expect(held('ALTER TABLE users ADD a int; SELECT 1;', 'none')).toEqual([
      'users AccessExclusive AddColumn',
    ])
  })

  test('end with COMMIT', () => {
    expect(held('ALTER TABLE users ADD a int; COMMIT; SELECT 1;')).toEqual([''])
    expect(held('ALTER TABLE users ADD a int; SAVEPOINT s; SELECT 1;')).toEqual([
      'users AccessExclusive AddColumn',
    ])
  })
})

describe('what rules of their own speak for', () => {
  const net = testRule('net', (context) => ({
    Change: (change) => {
      const of = (text: string) => context.report({ on: change, messageId: 'said', object: text })
      if (!context.isCovered(change, 'work')) of(`${change.kind} work`)
      for (const { kind } of context.effects(change).errors) {
        if (!context.isCovered(change, { error: kind })) of(`${change.kind} ${kind}`)
      }
    },
  }))
  const own = (covers: NonNullable<Parameters<typeof testRule>[2]>['covers']) =>
    testRule('own', () => ({}), { covers })
  const sql = 'CREATE INDEX i ON users (name); ALTER TABLE users ADD a int NOT NULL;'

  test.each([
    ['nothing', own({}), ['CreateIndex work', 'AddColumn work', 'AddColumn null-in-required']],
    [
      'the work of a kind of change',
      own({ work: ['CreateIndex'] }),
      ['AddColumn work', 'AddColumn null-in-required'],
    ],
    [
      'an error of a kind of change',
      own({ errors: { AddColumn: ['null-in-required'] } }),
      ['CreateIndex work', 'AddColumn work'],
    ],
    [
      'an error of any',
      own({ errors: { '*': ['null-in-required'] } }),
      ['CreateIndex work', 'AddColumn work'],
    ],
    [
      'an error of another',
      own({ errors: { SetNotNull: ['null-in-required'] } }),
      ['CreateIndex work', 'AddColumn work', 'AddColumn null-in-required'],
    ],
  ])('silences the nets below: %s', (_, rule, expected) => {
    const findings = judged(sql, { deployed, rules: [net, rule] })
    expect(told(findings)).toEqual(expected.map((object) => `net: ${object}`))
    const off = judged(sql, { deployed, rules: [net, rule], config: { rules: { own: 'off' } } })
    expect(told(off)).toEqual(told(findings))
  })
})

describe('small tables', () => {
  const rule = testRule('work', (context) => ({
    CreateIndex: (change) => {
      if (!context.isSmall(change.table)) {
        context.report({ on: change, messageId: 'said', object: change.index.name })
      }
    },
  }))
  const sql = 'CREATE INDEX i ON users (id); CREATE INDEX j ON app.users (id);'

  test.each([
    [[], ['work: i', 'work: j']],
    [['users'], ['work: j']],
    [['app.users'], ['work: i']],
    [['*'], []],
    [['app.*'], ['work: i']],
    [['us*'], ['work: j']],
    [
      ['us.rs', 'app_*'],
      ['work: i', 'work: j'],
    ],
    [
      ['public.users', 'posts'],
      ['work: i', 'work: j'],
    ],
  ])('%j are named as messages name them', (smallTables, expected) => {
    expect(told(judged(sql, { deployed, rules: [rule], smallTables }))).toEqual(expected)
  })
})

describe('a finding', () => {
  test('says what it is about, where, and what the rule says', () => {
    const text = '-- é\nALTER TABLE users DROP COLUMN name;'
    const [finding, ...others] = judged(['SELECT 1;', text], { deployed, rules: [dropRule()] })
    expect(others).toEqual([])
    expect(finding).toEqual({
      rule: 'no-drops',
      severity: 'error',
      category: 'data-loss',
      project: 'drizzle.config.ts',
      migration: '0001',
      object: 'name',
      file: 'drizzle/0001.sql',
      range: { start: text.lastIndexOf('name'), end: text.lastIndexOf('name') + 4 },
      message: 'name is meant.',
      help: 'Leave name alone.',
    })
  })

  test('is filled with the data of the report', () => {
    const messages = {
      said: { message: '{{object}} has {{count}} of {{count}}.', help: '{{what}}' },
    }
    const rule = testRule(
      'r',
      (context) => ({
        DropColumn: (change) =>
          context.report({
            on: change,
            messageId: 'said',
            object: 'o',
            data: { count: 2, what: '$& {{object}}' },
          }),
      }),
      { messages },
    )
    const [finding] = judged('ALTER TABLE users DROP name;', { deployed, rules: [rule] })
    expect(finding).toMatchObject({ message: 'o has 2 of 2.', help: '$& {{object}}' })
  })

  test('of a message that is not there, or without its data, is a mistake in the rule', () => {
    const saying = (messageId: string) =>
      testRule(
        'r',
        (context) => ({
          DropColumn: (change) => context.report({ on: change, messageId, object: 'o' }),
        }),
        { messages: { said: { message: '{{missing}}', help: '' } } },
      )
    const run = (id: string) => () =>
      judged('ALTER TABLE users DROP name;', { deployed, rules: [saying(id)] })
    expect(run('unsaid')).toThrow('r has no message "unsaid"')
    expect(run('said')).toThrow('no "missing"')
  })

  test.each([
    ['the rule', {}, undefined, 'error'],
    ['its message', { severity: 'warn' }, undefined, 'warn'],
    ['the configuration, whatever the others say', { severity: 'error' }, 'warn', 'warn'],
    ['the configuration with options', {}, ['warn', { x: 1 }], 'warn'],
  ] as const)('has the severity of %s', (_, message, setting, expected) => {
    const rule = testRule(
      'r',
      (context) => ({
        DropColumn: (change) => context.report({ on: change, messageId: 'said', object: 'o' }),
      }),
      { messages: { said: { message: '', help: '', ...message } } },
    )
    const config = setting === undefined ? {} : { rules: { r: setting } }
    expect(
      judged('ALTER TABLE users DROP name;', { deployed, rules: [rule], config })[0]?.severity,
    ).toBe(expected)
  })

  test('has the category of its message, where that has one', () => {
    const rule = dropRule('r', {
      messages: { said: { message: '', help: '', category: 'integrity' } },
    })
    expect(judged('ALTER TABLE users DROP name;', { deployed, rules: [rule] })[0]?.category).toBe(
      'integrity',
    )
  })
})
