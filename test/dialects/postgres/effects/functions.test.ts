import { beforeAll, describe, expect, test } from 'vitest'
import { NOT_VOLATILE } from '../../../../src/dialects/postgres/effects/builtInFunctions.ts'
import { EXTENSION_FUNCTIONS } from '../../../../src/dialects/postgres/effects/extensionFunctions.ts'
import { openPglite } from '../../../../src/verify/trace/index.ts'
import { sharedPglite } from '../../../verify/trace/shared.ts'

const pglite = sharedPglite()

/** Every form of each built-in function: `v`olatile, `s`table or `i`mmutable. */
const forms = new Map<string, string>()

beforeAll(async () => {
  const client = await pglite()
  const { rows } = await client.query(
    `select proname as name, string_agg(provolatile::text, '') as forms from pg_catalog.pg_proc
    where pronamespace = 'pg_catalog'::regnamespace group by proname`,
  )
  for (const { name, forms: all } of rows) forms.set(String(name), String(all))
})

describe('functions of extensions that a default may call without a rewrite', () => {
  test('are not volatile in any form', async () => {
    const extensions = Object.keys(EXTENSION_FUNCTIONS)
    const client = await openPglite({ extensions })
    for (const name of extensions) await client.exec(`create extension "${name}"`)
    const { rows } = await client.query(
      `select extname as extension, proname as name, string_agg(provolatile::text, '') as forms
      from pg_catalog.pg_proc p join pg_catalog.pg_depend d on d.objid = p.oid and d.deptype = 'e'
      join pg_catalog.pg_extension e on e.oid = d.refobjid group by 1, 2`,
    )
    await client.close()
    const forms = new Map(
      rows.map(({ extension, name, forms: all }) => [`${extension} ${name}`, String(all)]),
    )
    for (const [extension, names] of Object.entries(EXTENSION_FUNCTIONS)) {
      for (const name of names) expect(forms.get(`${extension} ${name}`), name).toMatch(/^[si]+$/)
    }
  })
})

describe('functions that a default may call without a rewrite', () => {
  test.for([...NOT_VOLATILE])('%s exists, and no form of it is volatile', (name) => {
    expect(forms.get(name)).toMatch(/^[si]+$/)
  })

  test('are not those that give another value for every row', () => {
    const volatile =
      'gen_random_uuid uuidv4 uuidv7 random random_normal clock_timestamp timeofday nextval setval ' +
      'currval lastval pg_sleep set_config'
    for (const name of volatile.split(' ')) {
      expect(forms.get(name), name).toMatch(/v/)
      expect(NOT_VOLATILE, name).not.toContain(name)
    }
  })

  test('are not those of extensions that give another value for every row', () => {
    const volatile = 'uuid_generate_v1 uuid_generate_v4 gen_random_bytes gen_salt'
    for (const name of volatile.split(' ')) expect(NOT_VOLATILE, name).not.toContain(name)
  })
})
