import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { rules } from '../../rules/index.ts'
import { configSchema, validateConfig } from '../../src/config/validate.ts'

const page = readFileSync(path.join(import.meta.dirname, '../../docs/configuration.md'), 'utf8')

interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

/** `projects[].postgres.version`: every key that takes a value. */
function keysOf({ properties = {} }: Schema, prefix = ''): readonly string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const key = prefix + name
    if (schema.items?.properties) return [key, ...keysOf(schema.items, `${key}[].`)]
    return schema.properties && key !== 'rules' ? keysOf(schema, `${key}.`) : [key]
  })
}

describe('docs/configuration.md', () => {
  const documented = [...page.matchAll(/^\| `([\w[\].]+)` \|/gm)].map(([, key]) => key!)
  const shape = configSchema(rules) as Schema

  test('has a row for every key there is, and for no other', () => {
    const keys = keysOf(shape).filter((key) => !/^(?:\$schema$|acknowledged\[\]\.)/.test(key))
    expect([...documented].sort()).toEqual([...keys].sort())
  })

  test('shows configurations that are valid', () => {
    const examples = [...page.matchAll(/defineConfig\(([^]+?)\)\n```/g)].map(([, text]) => text!)
    expect(examples.length).toBeGreaterThan(1)
    for (const literal of examples) {
      const value: unknown = new Function(`return (${literal})`)()
      expect(validateConfig(value, 'configuration.md', rules)).toBe(value)
    }
  })
})
