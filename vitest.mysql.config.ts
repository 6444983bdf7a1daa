import { defineConfig, mergeConfig } from 'vitest/config'
import config from './vitest.config.ts'

/** What runs on MySQL and MariaDB servers of this machine: `npm run test:mysql`. */
const servers = mergeConfig(config, defineConfig({ test: { name: 'mysql' } }))
servers.test.include = ['test/**/*.mysqld.ts']

export default servers
