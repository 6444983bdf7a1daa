import { describe, expect, it } from 'vitest'
import { pushScripts, pushesInScripts, pushesInWorkflow } from '../../../src/drizzle/find/push.ts'

const inScripts = (scripts: Record<string, string>): string[] =>
  pushesInScripts(JSON.stringify({ scripts }, null, 2)).map(({ where }) => where)

describe('drizzle-kit push in package scripts', () => {
  it.each([
    [{ deploy: 'drizzle-kit push && next build' }],
    [{ 'db:push': 'drizzle-kit push', deploy: 'pnpm run db:push && wrangler deploy' }],
    [{ 'vercel-build': 'drizzle-kit push --force && next build' }],
    [{ push: 'drizzle-kit push --config=drizzle.prod.config.ts' }],
    [{ 'db:push:prod': 'dotenv -e .env.production -- drizzle-kit push:pg' }],
  ])('%j is reported', (scripts) => {
    expect(inScripts(scripts)).toHaveLength(1)
  })

  it.each([
    [{ 'db:push': 'drizzle-kit push' }],
    [{ dev: 'drizzle-kit push && next dev', build: 'next build' }],
    [{ 'deploy:preview': 'drizzle-kit push && vercel deploy' }],
    [{ deploy: 'drizzle-kit migrate && next build' }],
    [{ 'test:setup': 'NODE_ENV=production drizzle-kit push --config drizzle.test.ts' }],
    [{ release: 'git push && changeset publish' }],
    [{ 'products:push': 'drizzle-kit push' }],
  ])('%j is not', (scripts) => {
    expect(inScripts(scripts)).toEqual([])
  })

  it('points at the script', () => {
    const text = '{\n  "scripts": {\n    "deploy": "drizzle-kit push"\n  }\n}'
    const [push] = pushesInScripts(text)
    expect(text.slice(push!.range.start, push!.range.end)).toBe('"drizzle-kit push"')
  })
})

const workflow = (head: string, job: string): string =>
  `${head}\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npm ci\n${job}\n`
const ON_MAIN = 'name: Main\non:\n  push:\n    branches: [main]'
const inWorkflow = (text: string, path = '.github/workflows/main.yml'): string[] =>
  pushesInWorkflow(text, path, new Set(['db:push'])).map(({ command }) => command)

describe('drizzle-kit push in workflows', () => {
  const steps = '    steps:\n      - run: npm ci\n'
  const secret = '        env:\n          DATABASE_URL: ${{ secrets.DATABASE_URL }}'

  it.each([
    [
      'a job that deploys',
      workflow('on: push', `  deploy:\n${steps}      - run: npx drizzle-kit push --force`),
      'npx drizzle-kit push --force',
    ],
    [
      'the default branch with a secret',
      workflow(ON_MAIN, `  apply:\n${steps}      - run: pnpm db:push\n${secret}`),
      'pnpm db:push',
    ],
    [
      'branches as a list',
      workflow(
        'on:\n  push:\n    branches:\n      - main',
        `  apply:\n${steps}      - run: npm run db:push\n${secret}`,
      ),
      'npm run db:push',
    ],
    [
      'an environment',
      workflow(
        'on: push',
        `  apply:\n    environment: production\n${steps}      - run: bunx drizzle-kit push`,
      ),
      'bunx drizzle-kit push',
    ],
  ])('%s', (_, text, command) => {
    expect(inWorkflow(text)).toEqual([command])
  })

  it.each([
    [
      'a service container',
      workflow(
        ON_MAIN,
        `  deploy:\n    services:\n      postgres:\n        image: postgres\n${steps}      - run: npx drizzle-kit push\n${secret}`,
      ),
    ],
    [
      'a local database',
      workflow(
        ON_MAIN,
        `  apply:\n${steps}      - run: npx drizzle-kit push\n        env:\n          DATABASE_URL: postgres://localhost/x # secrets.X`,
      ),
    ],
    ['no secret', workflow(ON_MAIN, `  apply:\n${steps}      - run: npx drizzle-kit push`)],
    [
      'pull requests only',
      workflow(
        'on: pull_request',
        `  apply:\n${steps}      - run: npx drizzle-kit push\n${secret}`,
      ),
    ],
    [
      'a preview',
      workflow(ON_MAIN, `  deploy-preview:\n${steps}      - run: npx drizzle-kit push\n${secret}`),
    ],
    [
      'a comment',
      workflow(
        ON_MAIN,
        `  deploy:\n${steps}      # npx drizzle-kit push\n      - run: npx drizzle-kit migrate`,
      ),
    ],
    ['git push', workflow(ON_MAIN, `  deploy:\n${steps}      - run: git push`)],
  ])('not: %s', (_, text) => {
    expect(inWorkflow(text)).toEqual([])
  })

  it('reads GitLab jobs by name', () => {
    const text =
      'stages: [a]\n\ndeploy-production:\n  script:\n    - npx drizzle-kit push\n\ntests:\n  script:\n    - npx drizzle-kit push\n'
    expect(inWorkflow(text, '.gitlab-ci.yml')).toEqual(['npx drizzle-kit push'])
  })
})

it('knows the scripts that push', () => {
  expect(pushScripts('{"scripts":{"a":"drizzle-kit push","b":"git push"}}')).toEqual(['a'])
  expect(pushScripts('not json')).toEqual([])
})
