import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { git } from './repository.ts'
import type { Subject, Unit } from './subjects.ts'

const KIT = ['drizzle-kit', 'drizzle-orm']

/** Puts into a checkout the packages its schema needs, in the versions it names. */
export class Installations {
  private readonly root: string
  private readonly cache: string
  private readonly subject: Subject
  /** Packages that the schema or the config turned out to import. */
  private readonly needed: Set<string>
  private current: string | null = null

  constructor(root: string, cache: string, subject: Subject) {
    this.root = root
    this.cache = cache
    this.subject = subject
    mkdirSync(cache, { recursive: true })
    this.needed = new Set(
      existsSync(this.list) ? (JSON.parse(readFileSync(this.list, 'utf8')) as string[]) : KIT,
    )
    rmSync(join(root, 'node_modules'), { recursive: true, force: true })
  }

  private get list(): string {
    return join(this.cache, `${this.subject.name.replace('/', '+')}.json`)
  }

  /** Notes a package that could not be found. Whether that is news. */
  need(name: string): boolean {
    if (this.needed.has(name)) return false
    this.needed.add(name)
    writeFileSync(this.list, JSON.stringify([...this.needed]))
    return true
  }

  /** Installs what the commit that is checked out names; the version of drizzle-kit. */
  install(unit: Unit): string {
    const manifests = git(this.root, ['ls-files', '-z', '--', 'package.json', '*/package.json'])
      .split('\0')
      .filter(Boolean)
    const parsed = manifests.flatMap((path) => {
      const manifest = readManifest(join(this.root, path))
      return manifest ? [{ folder: dirname(path), manifest }] : []
    })
    const near = dirname(unit.config)
    const nearest = [...parsed].sort(
      (a, b) =>
        Number(within(near, b.folder)) - Number(within(near, a.folder)) ||
        b.folder.length - a.folder.length,
    )
    const versions: Record<string, string> = {}
    for (const name of this.needed) {
      if (parsed.some(({ manifest }) => manifest.name === name)) continue
      const range = nearest
        .map(({ manifest }) => manifest.ranges[name])
        .find((found) => found !== undefined)
      const version = this.pinned(name, range) ?? '*'
      // The registry may have lost a pre-release that a project pinned.
      versions[name] = !KIT.includes(name) && /^\d.*-/.test(version) ? `^${version}` : version
    }
    const beta = this.subject.insteadOfBeta
    if (beta && KIT.some((name) => /^1\.0\.0-(?:beta|rc\.[1-3]\b)/.test(versions[name]!)))
      for (const name of KIT) versions[name] = beta
    this.use(versions)
    for (const { folder, manifest } of parsed)
      if (manifest.name && folder !== '.') this.link(manifest.name, folder)
    return readManifest(join(this.root, 'node_modules/drizzle-kit/package.json'))?.version ?? 'none'
  }

  /** What the lock file says of drizzle's packages, else the range of package.json or a catalog. */
  private pinned(name: string, range: string | undefined): string | undefined {
    if (KIT.includes(name)) {
      const escaped = name.replace('-', '\\-')
      for (const [file, pattern] of [
        ['pnpm-lock.yaml', `\\n  /?'?${escaped}[@/](\\d[^\\s('":_]*)`],
        ['bun.lock', `"${escaped}": \\["${escaped}@([^"]+)"`],
        ['package-lock.json', `"node_modules/${escaped}": \\{\\s*"version": "([^"]+)"`],
      ] as const) {
        const found = [...textOf(join(this.root, file)).matchAll(new RegExp(pattern, 'g'))].map(
          ([, version]) => version!,
        )
        if (found.length > 0)
          return found.find((version) => range?.includes(version)) ?? found.at(-1)
      }
    }
    if (range?.startsWith('catalog:')) {
      const text = `${textOf(join(this.root, 'pnpm-workspace.yaml'))}\n${textOf(join(this.root, 'package.json'))}`
      return new RegExp(`['"]?${name}['"]?:\\s*['"]?([\\d^~][^\\s'",]*)`).exec(text)?.[1]
    }
    return range === undefined || /^(?:workspace|link|file|portal|\*|npm):?/.test(range)
      ? undefined
      : range
  }

  private use(versions: Readonly<Record<string, string>>): void {
    const key = createHash('sha1')
      .update(JSON.stringify(Object.entries(versions).sort()))
      .digest('hex')
      .slice(0, 12)
    if (key === this.current) return
    const home = join(this.cache, key)
    const done = join(home, 'done')
    if (!existsSync(done)) {
      mkdirSync(home, { recursive: true })
      writeFileSync(
        join(home, 'package.json'),
        JSON.stringify({ private: true, dependencies: versions }, null, 2),
      )
      const options = [
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--legacy-peer-deps',
        '--no-package-lock',
      ]
      const { status, stderr } = spawnSync('npm', ['install', ...options], {
        cwd: home,
        encoding: 'utf8',
      })
      if (status !== 0)
        throw new Error(`npm install of ${JSON.stringify(versions)}: ${stderr.slice(0, 600)}`)
      writeFileSync(done, '')
    }
    const place = join(this.root, 'node_modules')
    rmSync(place, { recursive: true, force: true })
    // Hard links: the files of a package must lie within the project, as they do for its users.
    const { status } = spawnSync('cp', ['-al', join(home, 'node_modules'), place])
    if (status !== 0) throw new Error(`cannot copy ${home}`)
    this.current = key
  }

  private link(name: string, folder: string): void {
    const place = join(this.root, 'node_modules', name)
    if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory())
      renameSync(place, `${place}.registry`)
    if (lstatSync(place, { throwIfNoEntry: false })) rmSync(place)
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(relative(dirname(place), join(this.root, folder)), place)
  }
}

interface Manifest {
  readonly name: string | undefined
  readonly version: string | undefined
  readonly ranges: Readonly<Record<string, string>>
}

function readManifest(path: string): Manifest | null {
  try {
    const { name, version, dependencies, devDependencies } = JSON.parse(
      readFileSync(path, 'utf8'),
    ) as Record<string, unknown>
    const ranges = { ...(devDependencies as object), ...(dependencies as object) }
    return { name: name as string | undefined, version: version as string | undefined, ranges }
  } catch {
    return null
  }
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

function within(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`)
}
