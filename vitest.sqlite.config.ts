import { defineConfig, mergeConfig } from 'vitest/config'
import config from './vitest.config.ts'

/** What needs drivers of SQLite that are compiled or large: `npm run test:sqlite`. */
const drivers = mergeConfig(config, defineConfig({ test: { name: 'sqlite' } }))
drivers.test.include = ['test/**/*.drivers.ts']

export default drivers
