import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type UsingExpression,
  defaultConverts,
  typeChangeCost,
} from '../../../../src/dialects/postgres/effects/typeChange.ts'
import { isAtUtc } from '../../../../src/dialects/postgres/effects/typeFree.ts'
import { baseOf } from '../../../../src/dialects/postgres/effects/typeModel.ts'
import { EMPTY_CATALOG } from '../../../../src/catalog/catalog.ts'
import { defaultType } from '../../../../src/dialects/postgres/sql/defaultType.ts'
import { loadParser } from '../../../../src/dialects/postgres/sql/loadParser.ts'
import type { Parser } from '../../../../src/dialects/postgres/sql/parser.ts'
import { type Asked, type Measured, TypeChangeLab } from './typeChangeMeasure.ts'
import { COMPARED_TYPES, ROWS, TARGETS, pgType } from './typeChangeTypes.ts'

const UTC = { timezone: 'UTC', version: 18 }
const BERLIN = { timezone: 'Europe/Berlin', version: 18 }

let lab: TypeChangeLab
let parser: Parser

beforeAll(async () => {
  parser = await loadParser()
  lab = await TypeChangeLab.open()
})

afterAll(() => lab.close())

/** The type a default has of its own, as the parser's tree tells it. */
function ownType(sql: string) {
  const node = parser.parse(`SELECT ${sql}`)[0]?.stmt
  const target = node && 'SelectStmt' in node ? node.SelectStmt.targetList?.[0] : undefined
  const value = target && 'ResTarget' in target ? target.ResTarget.val : undefined
  const type = defaultType(EMPTY_CATALOG, value)
  return type && { ...type, kind: 'base' as const }
}

/** What the server did, in the words of the model. */
function observed({ code, rewrite, rebuilt }: Measured): string {
  if (code !== null) return `error ${code}`
  if (rewrite) return 'rewrite'
  return rebuilt ? 'index rebuilt' : 'free'
}

/** Fills in what the measurement could not see: an index on a type that has none. */
function foretold(from: string, asked: Asked, session: typeof UTC, seen: Measured): string {
  const using: UsingExpression | null =
    asked.cast === null ? null : { kind: 'cast', to: pgType(asked.cast) }
  const cost = typeChangeCost(pgType(from), pgType(asked.to), using, session)
  if (cost.error) return `error ${cost.error.code}`
  if (cost.rewrite) return 'rewrite'
  return cost.rebuildsIndexes && seen.rebuilt !== null ? 'index rebuilt' : 'free'
}

async function disagreements(
  from: string,
  asked: readonly Asked[],
  session: typeof UTC,
  tally: Map<string, number>,
): Promise<string[]> {
  const measured = await lab.measure(from, asked, session.timezone)
  return measured.flatMap((seen) => {
    const is = observed(seen)
    tally.set(is, (tally.get(is) ?? 0) + 1)
    const said = foretold(from, seen, session, seen)
    const how = seen.cast === null ? '' : ` USING c::${seen.cast}`
    return is === said ? [] : [`${from} to ${seen.to}${how}: ${is}, not ${said}`]
  })
}

const isTime = (type: string) => /time|date/.test(type)

describe('every pair of types, as PostgreSQL does it', () => {
  const pairs = COMPARED_TYPES.flatMap((to): Asked[] => [
    { to, cast: null },
    { to, cast: to },
  ])

  it('under UTC', async () => {
    const tally = new Map<string, number>()
    const wrong: string[] = []
    for (const from of COMPARED_TYPES) wrong.push(...(await disagreements(from, pairs, UTC, tally)))
    expect(wrong).toEqual([])
    // The comparison would be hollow if some outcome never occurred.
    expect([...tally.keys()].sort()).toEqual([
      'error 42804',
      'error 42846',
      'free',
      'index rebuilt',
      'rewrite',
    ])
    expect([...tally.values()].reduce((sum, count) => sum + count)).toBe(pairs.length ** 2 / 2)
  })

  it('under Europe/Berlin, where times are concerned', async () => {
    const times = COMPARED_TYPES.filter(isTime)
    const asked = pairs.filter(({ to }) => isTime(to))
    const tally = new Map<string, number>()
    const wrong: string[] = []
    for (const from of times) wrong.push(...(await disagreements(from, asked, BERLIN, tally)))
    expect(wrong).toEqual([])
    expect(tally.get('index rebuilt')).toBeUndefined()
  })

  it('by way of a third type', async () => {
    const types = [
      ...['text', 'varchar', 'varchar(10)', 'varchar(20)', 'd_varchar10', 'mood'],
      ...['int4', 'numeric(10,2)', 'timestamp', 'timestamptz(3)'],
    ]
    const asked = types.flatMap((to) => types.map((cast): Asked => ({ to, cast })))
    const tally = new Map<string, number>()
    const wrong: string[] = []
    for (const from of types) wrong.push(...(await disagreements(from, asked, UTC, tally)))
    expect(wrong).toEqual([])
  })
})

/**
 * Changes whose rows read differently when cast back, or cannot be, though nothing is lost: json
 * without its blanks, bytes and padding in another notation, text that was no time or address to
 * begin with. And 'fals', which reads as false.
 */
const NOT_TOLD_BY_CASTING_BACK: readonly (readonly [from: RegExp, to: RegExp])[] = [
  [/^json$/, /^jsonb$/],
  [/text|char|name/, /^(bytea|int4range|interval|timestamptz|macaddr)$/],
  [/^varbit/, /^(bit|char)/],
  [/^bytea$/, /^int/],
  [/^bool$/, /^varchar/],
]

describe('what happens to rows, as PostgreSQL does it', () => {
  it('foretells every failure and every loss, and no others', async () => {
    const wrong: string[] = []
    for (const [from, literals] of Object.entries(ROWS)) {
      const asked = TARGETS.flatMap((to): Asked[] => [
        { to, cast: null },
        { to, cast: to },
      ]).filter((one) => costOf(from, one).error === null)
      for (const seen of await lab.measureRows(from, literals, asked)) {
        const { failsOnSomeRows: fails, loses } = costOf(from, seen)
        const what = `${from} to ${seen.to}${seen.cast === null ? '' : ' with a cast'}`
        if (fails ? !seen.codes.includes(fails.code) : seen.codes.length > 0) {
          wrong.push(`${what}: fails ${seen.codes.join()}, not ${fails?.code}`)
        }
        const untold =
          seen.codes.length === literals.length ||
          seen.changed.some((row) => row.endsWith('=> 42846')) ||
          NOT_TOLD_BY_CASTING_BACK.some(([a, b]) => a.test(from) && b.test(seen.to))
        if (!untold && (loses !== null) !== seen.changed.length > 0) {
          wrong.push(`${what}: changes [${seen.changed.join('; ')}], not ${loses}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('defaults', () => {
  // [column, default]: what USING cannot help.
  const defaults: readonly (readonly [column: string, sql: string])[] = [
    ['int4', '0'],
    ['int8', '3000000000'],
    ['numeric', '1.5'],
    ['numeric(10,2)', '0'],
    ['float8', '0'],
    ['float8', '1e3'],
    ['int8', '-1'],
    ['text', '0'],
    ['text', "'0'"],
    ['varchar(10)', "'abc'"],
    ['bool', 'false'],
    ['mood', "'ok'"],
    ['d_text', "'x'"],
    ['d_int', '7'],
    ['jsonb', "'{}'::jsonb"],
    ['text[]', "'{}'"],
    ['timestamp', 'now()'],
    ['timestamptz', 'CURRENT_TIMESTAMP'],
    ['date', 'CURRENT_DATE'],
    ['text', 'current_date'],
    ['uuid', 'gen_random_uuid()'],
    ['text', 'gen_random_uuid()'],
    ['float8', 'random()'],
    ['citext', "'x'"],
  ]

  it('convert or fail as on PostgreSQL, whatever USING says', async () => {
    const targets = COMPARED_TYPES.filter((type) => /^\w+$/.test(type) && !/^(reg|dd)/.test(type))
    const wrong: string[] = []
    let failures = 0
    for (const [column, sql] of defaults) {
      for (const to of targets) {
        const code = await lab.codeOf(
          `CREATE TABLE defaulted (c ${column} DEFAULT ${sql});
           ALTER TABLE defaulted ALTER COLUMN c TYPE ${to} USING NULL::${to}`,
        )
        if (code !== null) failures++
        const converts = defaultConverts(ownType(sql) ?? baseOf(pgType(column)), pgType(to), 18)
        if ((code === null) !== converts) wrong.push(`${column} DEFAULT ${sql} to ${to}: ${code}`)
      }
    }
    expect(wrong).toEqual([])
    expect(failures).toBeGreaterThan(300)
  })
})

describe('time zones', () => {
  it('are at UTC exactly if PostgreSQL leaves the table alone', async () => {
    const spelled = [
      ...['utc', 'zulu', 'UTC0', 'UTC+0', 'UTC+00:00', 'ABC0', '<+00>0', '0', '00', '-0', '+00'],
      ...['+00:00', '-00:00', 'GMT+1', 'UTC-1', 'UTC0DST', 'z', '+01', 'Etc/Utc', 'GB'],
    ]
    const wrong: string[] = []
    const accepted: string[] = []
    for (const name of spelled) if (await lab.isTimezone(name)) accepted.push(name)
    for (const name of [...(await lab.timezoneNames()), ...accepted]) {
      const [seen] = await lab.measure('timestamp', [{ to: 'timestamptz', cast: null }], name)
      if (seen?.rewrite === isAtUtc(name)) wrong.push(name)
    }
    expect(wrong).toEqual([])
  })
})

describe('what the server was not asked', () => {
  const changed = (from: string, to: string, session = UTC) =>
    typeChangeCost(pgType(from), pgType(to), null, session)

  it('takes an unknown time zone for one that rewrites', () => {
    const session = { timezone: null, version: 18 }
    const cost = typeChangeCost(pgType('timestamp'), pgType('timestamptz'), null, session)
    expect(cost.rewrite).toBe(true)
  })

  it('rebuilds indexes when only the collation changes', async () => {
    const text = pgType('text')
    const byBytes = { ...text, collation: 'C' }
    expect(typeChangeCost(byBytes, text, null, UTC)).toMatchObject({
      rewrite: false,
      rebuildsIndexes: true,
    })
    const [seen] = await lab.measure('text COLLATE "C"', [{ to: 'varchar', cast: null }])
    expect(seen).toMatchObject({ rewrite: false, rebuilt: true })
    expect(typeChangeCost(byBytes, byBytes, null, UTC).rebuildsIndexes).toBe(false)
  })

  it('rewrites for any expression but a cast', () => {
    const cost = typeChangeCost(pgType('text'), pgType('uuid'), { kind: 'other' }, UTC)
    expect(cost).toEqual({
      rewrite: true,
      rebuildsIndexes: false,
      error: null,
      failsOnSomeRows: null,
      loses: null,
    })
  })

  it('claims nothing about the types of an extension but that another type is another', () => {
    const vector = (size: number) =>
      ({
        name: 'vector',
        schema: 'public',
        modifiers: [size],
        dimensions: 0,
        kind: 'unknown',
      }) as const
    const same = typeChangeCost(vector(3), vector(3), null, UTC)
    expect(same).toMatchObject({ rewrite: false, rebuildsIndexes: false, error: null })
    expect(typeChangeCost(vector(3), vector(4), null, UTC)).toMatchObject({
      rewrite: true,
      error: null,
    })
    expect(typeChangeCost(vector(3), pgType('uuid'), null, UTC)).toMatchObject({
      rewrite: true,
      error: null,
    })
  })

  it('knows which casts came with which version', () => {
    const cast = (version: number | null) =>
      typeChangeCost(
        pgType('int4'),
        pgType('bytea'),
        { kind: 'cast', to: pgType('bytea') },
        {
          timezone: 'UTC',
          version,
        },
      ).error?.code
    expect([cast(17), cast(18), cast(null)]).toEqual(['42846', undefined, '42846'])
    const toChar = (version: number) => changed('int2', '"char"', { ...UTC, version }).error?.code
    expect([toChar(14), toChar(15)]).toEqual([undefined, '42804'])
  })
})

describe('what it says', () => {
  const using = (to: string): UsingExpression => ({ kind: 'cast', to: pgType(to) })

  it('names the cast to write where there is one', () => {
    const cost = typeChangeCost(pgType('text'), pgType('int4'), null, UTC)
    expect(cost.error).toEqual({
      code: '42804',
      message: 'column cannot be cast automatically to type integer (it needs USING …::integer)',
    })
    const wrong = typeChangeCost(pgType('uuid'), pgType('int4'), null, UTC)
    expect(wrong.error?.message).toBe(
      'column cannot be cast automatically to type integer (and there is no cast from uuid)',
    )
    const column = typeChangeCost(pgType('text'), pgType('int4'), { kind: 'column' }, UTC)
    expect(column.error?.message).toMatch(/^result of USING clause cannot be cast automatically/)
    const cast = typeChangeCost(pgType('uuid'), pgType('int4'), using('int4'), UTC)
    expect(cast.error).toEqual({ code: '42846', message: 'cannot cast type uuid to integer' })
  })

  // [from, to, by a cast, fails with, loses]
  it.each([
    ['varchar(60)', 'varchar(4)', false, '22001', null],
    ['varchar(60)', 'varchar(4)', true, undefined, 'truncates'],
    ['numeric', 'int4', false, '22003', 'rounds'],
    ['numeric(10,2)', 'numeric(10,1)', false, undefined, 'rounds'],
    ['int8', 'int4', false, '22003', null],
    ['int4', 'int8', false, undefined, null],
    ['text', 'int4', true, '22P02', null],
    ['text', 'mood', true, '22P02', null],
    ['mood', 'varchar(5)', false, undefined, null],
    ['timestamptz', 'date', false, undefined, 'truncates'],
    ['timestamptz', 'time', false, undefined, 'truncates'],
    ['timestamp', 'timestamp(3)', false, undefined, 'rounds'],
    ['float8', 'float4', false, '22003', 'rounds'],
    ['jsonb', 'int4', true, '22023', 'rounds'],
    ['inet', 'cidr', false, undefined, 'truncates'],
    ['bool', 'varchar(4)', true, undefined, 'truncates'],
  ])('tells what rows %s to %s can meet, cast %s', (from, to, cast, code, loses) => {
    const cost = typeChangeCost(pgType(from), pgType(to), cast ? using(to) : null, UTC)
    expect([cost.failsOnSomeRows?.code, cost.loses]).toEqual([code, loses])
  })
})

function costOf(from: string, { to, cast }: Asked) {
  const using = cast === null ? null : { kind: 'cast' as const, to: pgType(cast) }
  return typeChangeCost(pgType(from), pgType(to), using, UTC)
}
