import { readdirSync } from 'node:fs'
import path from 'node:path'

const rules = readdirSync(path.join(import.meta.dirname, '../rules'))
  .filter((file) => file.endsWith('.md') && file !== 'README.md')
  .map((file) => path.basename(file, '.md'))

const pages = (links) => Object.entries(links).map(([text, link]) => ({ text, link }))

/** The pages of this folder as a site: `npm run site`. Links that lead nowhere fail the build. */
export default {
  title: 'migration-lint',
  description: 'Keeps database schema changes safe in projects that use Drizzle ORM',
  // What a file of this repository is to a reader on GitHub, it is not on the site.
  ignoreDeadLinks: [/\.\.\/(?:bench|test|src|README|CONTRIBUTING|SECURITY)/],
  rewrites: { 'rules/README.md': 'rules/index.md' },
  cleanUrls: true,
  themeConfig: {
    search: { provider: 'local' },
    sidebar: [
      {
        text: 'Start',
        items: pages({
          'Setting up': '/init',
          'An imperfect past': '/adopting',
          'Git hooks': '/hooks',
          'ESLint and editors': '/eslint',
          Monorepos: '/monorepos',
          Configuration: '/configuration',
        }),
      },
      {
        text: 'What it knows',
        items: pages({
          'Schema and migrations': '/schema-and-migrations',
          Deployments: '/deployments',
          'SQLite, libSQL and D1': '/sqlite',
          'Maintenance windows': '/downtime',
          SQLite: '/sqlite',
          'MySQL and MariaDB': '/mysql',
          'PostgreSQL versions': '/postgres-versions',
          Hazards: '/hazards',
        }),
      },
      {
        text: 'More than linting',
        items: pages({
          CI: '/ci',
          'report: pull requests': '/report',
          'verify: run them': '/verify',
          'status: ask a database': '/status',
          'The report for a pull request': '/report',
          'In CI': '/ci',
          'Output formats': '/formats',
          JSON: '/json',
          'As a function': '/programs',
          'Rules of your own': '/writing-rules',
          'Coding agents': '/agents',
        }),
      },
      {
        text: 'Rules',
        link: '/rules/',
        collapsed: true,
        items: rules.map((name) => ({ text: name, link: `/rules/${name}` })),
      },
      {
        text: 'Help',
        items: pages({
          Troubleshooting: '/troubleshooting',
          'How it compares': '/comparison',
          Architecture: '/architecture',
        }),
      },
    ],
  },
}
