import { defineConfig, mergeConfig } from 'vitest/config'
import config from './vitest.config.ts'

/** What needs programs that are too large for every run, such as Mermaid: `npm run test:pages`. */
const pages = mergeConfig(config, defineConfig({ test: { name: 'pages' } }))
pages.test.include = ['test/**/*.page.ts']

export default pages
