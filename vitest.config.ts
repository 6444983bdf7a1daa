import { defineConfig } from 'vitest/config'

/** Milliseconds: half an hour. */
const LONG = 30 * 60_000

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    // Limits end what hangs, and nothing else: a machine may be busy with forty other things.
    testTimeout: LONG,
    hookTimeout: LONG,
    maxWorkers: 2,
    // .ci/run reads its closing line from the second one.
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: 'node_modules/.vitest/results.json' }]]
      : ['default'],
  },
})
