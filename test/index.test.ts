import { expect, test } from 'vitest'
import { defineConfig, type Config } from '../src/index.ts'

test('defineConfig returns the configuration as it is', () => {
  const config: Config = { rules: { 'drop-column': 'warn' }, sync: { at: 'push' } }
  expect(defineConfig(config)).toBe(config)
})
