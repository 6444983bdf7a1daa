import { describe, expect, test } from 'vitest'
import type { Reply } from '../../../src/drizzle/kit/question.ts'
import { secretsIn, tells, withoutSecrets } from '../../../src/drizzle/kit/secrets.ts'

const trace = (values: Readonly<Record<string, string>>) => ({
  reads: [],
  absent: [],
  env: {},
  values,
  packages: [],
  endedBy: null,
})

function said(reason: string, values: Readonly<Record<string, string>>): string {
  const reply: Reply = {
    kind: 'unanswered',
    reason,
    help: '',
    trace: trace(values),
    mayRetry: false,
  }
  const told = withoutSecrets(reply, secretsIn(reply, '/none'))
  return told.kind === 'unanswered' ? told.reason : ''
}

describe('what a schema has read of the environment is named', () => {
  test.each([
    ['a whole value', 'cannot reach redis-host-1', { HOST: 'redis-host-1' }, 'cannot reach <HOST>'],
    ['the longer of two', 'abcdefgh-ijklmnop', { A: 'abcdefgh', B: 'abcdefgh-ijklmnop' }, '<B>'],
    [
      'the password of a URL',
      'password "p@ss" was refused',
      { DATABASE_URL: 'postgres://u:p%40ss@h/d' },
      'password "<DATABASE_URL>" was refused',
    ],
    ['a short value under a telling name', 'key abcd', { API_KEY: 'abcd' }, 'key <API_KEY>'],
  ])('%s', (_, reason, values, expected) => {
    expect(said(reason, values)).toBe(expected)
  })

  test.each([
    ['short', 'no text', { TYPE: 'text' }],
    ['common', "cannot find package 'postgres'", { DB_PASSWORD: 'postgres', AUTH: 'true' }],
    ['empty', 'nothing', { SECRET: '' }],
  ])('but not one that is %s', (_, reason, values) => {
    expect(said(reason, values)).toBe(reason)
  })
})

test('a part of the name of a table is no secret', () => {
  const reply: Reply = {
    kind: 'compared',
    differences: [
      {
        kind: 'table',
        change: 'added',
        object: 'my_app__users',
        table: null,
        text: 'my_app__users',
        content: '',
      },
    ],
    ambiguous: [],
    sql: ['CREATE TABLE "my_app__users" (id int DEFAULT \'another-secret\');'],
    unsteady: [],
    current: null,
    trace: trace({ PREFIX: 'my_app__', OTHER: 'another-secret' }),
  }
  const secrets = secretsIn(reply, '/none')
  expect(withoutSecrets(reply, secrets)).toMatchObject({
    sql: ['CREATE TABLE "my_app__users" (id int DEFAULT \'<OTHER>\');'],
  })
  expect(tells(reply, secrets)).toBe(true)
})
