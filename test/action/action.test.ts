import { spawn } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { builtCli } from '../built.ts'
import { CREATE_USERS, DROP_EMAIL, project } from '../check/projects.ts'
import { write } from '../drizzle/kit/kits.ts'
import { createRepository, isolatedEnvironment, type Repository } from '../git/repository.ts'

const root = path.join(import.meta.dirname, '../..')

beforeAll(() => {
  builtCli()
})

interface Comment {
  readonly id: number
  body: string
  readonly user: { readonly login: string }
}

/** GitHub as far as the Action asks it, on loopback. */
class GitHub {
  comments: Comment[] = []
  readonly asked: string[] = []
  login = 'github-actions[bot]'
  refuses = false
  #server: Server | undefined

  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk: Buffer) => (text += chunk.toString()))
      request.on('end', () => {
        const { method = '', url = '', headers } = request
        this.asked.push(`${method} ${url} ${headers.authorization}`)
        const answer = this.#answer(method, url, text === '' ? {} : JSON.parse(text))
        response.writeHead(answer === null ? 403 : 200, { 'content-type': 'application/json' })
        response.end(JSON.stringify(answer ?? { message: 'Resource not accessible' }))
      })
    })
    await new Promise<void>((done) => this.#server!.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(this.#server!.address() as AddressInfo).port}`
  }

  stop(): void {
    this.#server?.closeAllConnections()
    this.#server?.close()
  }

  #answer(method: string, url: string, body: { body?: string }): unknown {
    if (url === '/graphql') return { data: { viewer: { login: this.login } } }
    const { pathname, searchParams } = new URL(url, 'http://x')
    if (method === 'GET') {
      const page = Number(searchParams.get('page'))
      const size = Number(searchParams.get('per_page'))
      return this.comments.slice((page - 1) * size, page * size).map(withUrl)
    }
    if (this.refuses) return null
    if (method === 'POST') {
      expect(pathname).toBe('/repos/acme/shop/issues/7/comments')
      const comment = {
        id: 1000 + this.comments.length,
        body: body.body!,
        user: { login: this.login },
      }
      this.comments.push(comment)
      return withUrl(comment)
    }
    const found = this.comments.find(({ id }) => pathname.endsWith(`/issues/comments/${id}`))!
    found.body = body.body!
    return withUrl(found)
  }
}

const withUrl = (comment: Comment) => ({ ...comment, html_url: `https://x/c/${comment.id}` })

let github: GitHub
let api: string
let repository: Repository
let temporary: string

beforeEach(async () => {
  github = new GitHub()
  api = await github.start()
  repository = createRepository()
  temporary = realpathSync(mkdtempSync(path.join(tmpdir(), 'runner-')))
  mkdirSync(path.join(repository.path, 'node_modules'))
  symlinkSync(root, path.join(repository.path, 'node_modules/migration-lint'), 'junction')
  write(repository.path, {
    'package.json': '{}',
    '.gitignore': 'node_modules\n',
    ...project({ '0000_users': CREATE_USERS }),
  } as never)
  repository.commit('base')
})
afterEach(() => {
  github.stop()
  repository.remove()
  rmSync(temporary, { recursive: true, force: true })
})

/** Adds the migration of the pull request. */
function change(sql = DROP_EMAIL): void {
  repository.git('switch', '--quiet', '-c', 'topic')
  write(repository.path, project({ '0000_users': CREATE_USERS, '0001_change': sql }) as never)
  repository.commit('change')
}

interface Step {
  readonly id?: string
  readonly if?: string
  readonly run: string
  readonly env: Readonly<Record<string, string>>
}

interface Ran {
  readonly code: number
  readonly log: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** Runs action.yml as GitHub's runner does, as far as it uses what the runner can. */
async function runAction(
  given: {
    event?: string
    head?: string
    actor?: string
    bin?: string
    inputs?: Record<string, string>
  } = {},
): Promise<Ran> {
  const { event = 'pull_request', head = 'acme/shop', actor = 'ann' } = given
  const action = parse(readFileSync(path.join(root, 'action.yml'), 'utf8')) as {
    inputs: Record<string, { default: string }>
    runs: { steps: readonly Step[] }
  }
  const defaults = Object.entries(action.inputs).map(([name, one]) => [name, one.default])
  const inputs: Record<string, string> = {
    ...Object.fromEntries(defaults),
    token: 'the-token',
    ...given.inputs,
  }
  const file = (name: string) => path.join(temporary, name)
  const payload = { pull_request: { number: 7, head: { repo: { full_name: head } } } }
  writeFileSync(file('event.json'), JSON.stringify(payload))
  for (const name of ['output', 'summary']) writeFileSync(file(name), '')
  const value = (text: string) =>
    text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => inputs[name]!)
  let code = 0
  let log = ''
  for (const step of action.runs.steps) {
    if (step.if === undefined && code !== 0) continue
    if (step.if !== undefined) {
      expect(step.if).toBe(
        "${{ always() && inputs.comment == 'true' && github.event_name == 'pull_request' }}",
      )
      if (inputs.comment !== 'true' || event !== 'pull_request') continue
    }
    const env = isolatedEnvironment({
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: root,
      GITHUB_ACTOR: actor,
      GITHUB_API_URL: api,
      GITHUB_BASE_REF: 'main',
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: file('event.json'),
      GITHUB_GRAPHQL_URL: `${api}/graphql`,
      GITHUB_OUTPUT: file('output'),
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_WORKSPACE: repository.path,
      RUNNER_TEMP: temporary,
      ...(given.bin && { PATH: `${given.bin}:${process.env.PATH}` }),
      ...Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, value(text)])),
    })
    const ended = await bash(step.run, env)
    code ||= ended.code
    log += ended.log
  }
  const outputs = readFileSync(file('output'), 'utf8').trim().split('\n')
  return {
    code,
    log,
    outputs: Object.fromEntries(outputs.map((line) => line.split('=') as [string, string])),
    summary: readFileSync(file('summary'), 'utf8'),
  }
}

function bash(script: string, env: NodeJS.ProcessEnv): Promise<{ code: number; log: string }> {
  const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script]
  const child = spawn('bash', args, { cwd: repository.path, env })
  let log = ''
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? 1, log })))
}

const bodies = () => github.comments.map(({ body }) => body)

describe.skipIf(process.platform === 'win32')('the Action', () => {
  test('judges, annotates, writes the summary, posts the report and fails', async () => {
    change()
    const { code, log, outputs, summary } = await runAction()
    expect(code).toBe(1)
    expect(log).toContain('error  drop-column  users.email')
    expect(log).toMatch(/^::error file=drizzle\/0001_change\.sql,line=1/m)
    expect(log).toContain('Posted: https://x/c/1000')
    expect(outputs['exit-code']).toBe('1')
    expect(readFileSync(outputs.report!, 'utf8')).toContain('### Rollback')
    expect(summary).toContain('### What changes')
    const [body] = bodies()
    expect(body).toMatch(/^<!-- migration-lint report of \. -->\n### Database migrations\n/)
    expect(github.asked.every((one) => one.endsWith('Bearer the-token'))).toBe(true)
  })

  test('keeps its one comment up to date', async () => {
    change()
    await runAction()
    const first = bodies()
    expect((await runAction()).log).toContain('Up to date: https://x/c/1000')
    write(repository.path, {
      'drizzle/0001_change.sql': `-- migration-lint-disable-next-statement drop-column -- unused\n${DROP_EMAIL}`,
    })
    const { code, log } = await runAction()
    expect(code).toBe(0)
    expect(log).toContain('Updated: https://x/c/1000')
    expect(bodies()).toHaveLength(1)
    expect(bodies()).not.toEqual(first)
    expect(bodies()[0]).toContain('### Accepted')
  })

  test('posts none while nothing is pending, and empties the one that is there', async () => {
    expect((await runAction()).log).toContain('Nothing is pending: no comment is posted.')
    expect(bodies()).toEqual([])
    change()
    await runAction()
    repository.git('switch', '--quiet', 'main')
    expect((await runAction()).log).toContain('Updated')
    expect(bodies()[0]).toContain('No migration is pending')
  })

  test('leaves comments of others alone, whatever they say, and looks on every page', async () => {
    change()
    const marked = '<!-- migration-lint report of . -->\nmine, I swear'
    github.comments = Array.from({ length: 130 }, (_, id) => ({
      id,
      body: id === 3 ? marked : `no. ${id}`,
      user: { login: id === 3 ? 'mallory' : 'ann' },
    }))
    await runAction()
    expect(github.comments[3]!.body).toBe(marked)
    expect(bodies()).toHaveLength(131)
    expect(github.asked.some((one) => one.includes('page=2'))).toBe(true)
    await runAction()
    expect(bodies()).toHaveLength(131)
  })

  test('another folder has a comment of its own', async () => {
    change()
    await runAction()
    await runAction({ inputs: { 'working-directory': './' } })
    expect(bodies()).toHaveLength(2)
  })

  test.each([
    ['a fork', { head: 'mallory/shop' }],
    ['Dependabot', { actor: 'dependabot[bot]' }],
  ])('of %s only the summary speaks', async (_, given) => {
    change()
    const { log, summary } = await runAction(given)
    expect(log).toContain('a token that can only read')
    expect(summary).toContain('### What changes')
    expect(github.asked).toEqual([])
  })

  test('a token that may not write changes nothing', async () => {
    change()
    github.refuses = true
    const { code, log } = await runAction()
    expect(code).toBe(1)
    expect(log).toContain('The report was not posted (GitHub answers 403 to POST)')
  })

  test('asks nobody where it is told not to comment, and on a push', async () => {
    change()
    await runAction({ inputs: { comment: 'false' } })
    await runAction({ event: 'push' })
    expect(github.asked).toEqual([])
  })

  test('refuses pull_request_target before it runs anything', async () => {
    change()
    const { code, log } = await runAction({ event: 'pull_request_target' })
    expect(code).toBe(2)
    expect(log).toMatch(/^::error title=migration-lint::pull_request_target gives the code/)
    expect(log.trim().split('\n')).toHaveLength(1)
  })

  test('installs what the lock file says, and nothing else', async () => {
    rmSync(path.join(repository.path, 'node_modules'), { recursive: true })
    write(repository.path, { 'package-lock.json': '{}' })
    change()
    const bin = path.join(temporary, 'bin')
    write(bin, {
      npm: `#!/bin/sh\necho "npm $*"\nmkdir node_modules && ln -s '${root}' node_modules/migration-lint\n`,
    })
    chmodSync(path.join(bin, 'npm'), 0o755)
    const { code, log } = await runAction({ bin })
    expect(code).toBe(1)
    expect(log.split('\n')[0]).toBe('npm ci')
    expect((await runAction({ bin })).log).not.toContain('npm ci')
  })

  test('says so where it is not among the dependencies', async () => {
    rmSync(path.join(repository.path, 'node_modules'), { recursive: true })
    const { code, log } = await runAction()
    expect(code).toBe(2)
    expect(log).toContain('has no lock file, so its dependencies are not known')
  })

  test('what the schema sees has no token in it', async () => {
    write(repository.path, {
      'migration-lint.config.mjs': `console.error('seen ' + Object.keys(process.env).join(' '))
        if (JSON.stringify(process.env).includes('the-token')) throw new Error('leaked')
        export default {}\n`,
    })
    change()
    const { log } = await runAction()
    expect(log).toContain('seen ')
    expect(log).not.toMatch(/leaked|GITHUB_OUTPUT|MIGRATION_LINT_ARGUMENTS/)
  })

  test('hands its arguments on, a line each', async () => {
    change()
    const { code } = await runAction({ inputs: { arguments: '--only\nhistory\n' } })
    expect(code).toBe(0)
  })
})
