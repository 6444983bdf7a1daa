import type { Setup } from '../setup/setup.ts'
import { LOCK_FILES } from '../drizzle/find/packageManager.ts'
import { below } from '../drizzle/migrations/layout.ts'

/** How CI installs the packages of a repository and runs our command. */
export interface CiCommands {
  readonly install: string
  readonly lint: string
}

/** The major version of pnpm that is taken where package.json names none. */
const PNPM = 10

/** Which Node.js CI takes: the project's own, else an LTS line. */
const NODE = 22

/** The commands; run in the folder of the package that tools are installed with. */
export function ciCommands(setup: Setup): CiCommands {
  const { manager, tree } = setup
  const hasLock = lockFile(setup) !== null
  const isBerry = manager === 'yarn' && tree.read('.yarnrc.yml') !== undefined
  const frozen = {
    npm: 'npm ci',
    pnpm: 'pnpm install --frozen-lockfile',
    yarn: `yarn install ${isBerry ? '--immutable' : '--frozen-lockfile'}`,
    bun: 'bun install --frozen-lockfile',
  }[manager]
  const runner = { npm: 'npx', pnpm: 'pnpm exec', yarn: 'yarn', bun: 'bunx' }[manager]
  return {
    install: hasLock ? frozen : `${manager} install`,
    lint: `${runner} migration-lint`,
  }
}

/** The lock file of the packages, relative to the root. */
export function lockFile({ tree, manager, packageFolder }: Setup): string | null {
  const names = Object.keys(LOCK_FILES).filter((name) => LOCK_FILES[name] === manager)
  const path = names
    .map((name) => below(packageFolder, name))
    .find((name) => tree.read(name) !== undefined)
  return path ?? null
}

/** The steps of a GitHub workflow that bring Node.js and the package manager; lines without indent. */
export function githubToolSteps(setup: Setup): readonly string[] {
  const { manager, manifest, packageFolder } = setup
  const lock = lockFile(setup)
  const where = packageFolder === '' || lock === null ? [] : [`    cache-dependency-path: ${lock}`]
  const pnpm =
    manager !== 'pnpm'
      ? []
      : [
          '- uses: pnpm/action-setup@v4',
          ...(manifest.packageManager === undefined ? ['  with:', `    version: ${PNPM}`] : []),
        ]
  const bun = manager === 'bun' ? ['- uses: oven-sh/setup-bun@v2'] : []
  // Corepack brings the yarn that package.json asks for.
  const corepack =
    manager === 'yarn' && manifest.packageManager !== undefined ? ['- run: corepack enable'] : []
  const cache = manager === 'bun' || lock === null ? [] : [`    cache: ${manager}`]
  return [
    ...corepack,
    ...pnpm,
    ...bun,
    '- uses: actions/setup-node@v4',
    '  with:',
    `    ${nodeVersion(setup)}`,
    ...cache,
    ...where,
  ]
}

function nodeVersion({ tree, packageFolder }: Setup): string {
  for (const folder of [packageFolder, '']) {
    for (const name of ['.nvmrc', '.node-version', '.tool-versions']) {
      const path = below(folder, name)
      const text = tree.read(path)?.toString('utf8')
      if (text === undefined || (name === '.tool-versions' && !text.includes('nodejs'))) continue
      if (isTooOld(text)) continue
      return `node-version-file: ${path}`
    }
  }
  return `node-version: ${NODE}`
}

/** Below Node.js 20.19 migration-lint does not run. */
function isTooOld(text: string): boolean {
  const [, major, minor] = /v?(\d+)(?:\.(\d+))?/.exec(text) ?? []
  if (major === undefined) return false
  return Number(major) < 20 || (major === '20' && minor !== undefined && Number(minor) < 19)
}
