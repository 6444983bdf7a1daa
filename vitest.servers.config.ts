import { defineConfig, mergeConfig } from 'vitest/config'
import config from './vitest.config.ts'

/** What runs on servers that are installed for it: `npm run test:postgres`. */
const servers = mergeConfig(config, defineConfig({ test: { name: 'servers' } }))
servers.test.include = ['test/**/*.server.ts']

export default servers
