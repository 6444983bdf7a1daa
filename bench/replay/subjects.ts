/** A drizzle config of a public project whose history is replayed. */
export interface Unit {
  /** Path of the config in its repository. */
  readonly config: string
  /** What the config says, for the commits at which it cannot be run. */
  readonly dialect: string
  readonly out: string
  readonly schema: string
  /** Paths of schema files and migrations: a commit that touches one is replayed. */
  readonly touches: RegExp
}

export interface Subject {
  /** `owner/name`; its clone lies in a folder `owner+name/repo` or `owner+name`. */
  readonly name: string
  /** Why it was chosen. */
  readonly shape: string
  /** The first that a commit touches counts: a repository moves its database package around. */
  readonly units: readonly Unit[]
  /**
   * A drizzle-kit and drizzle-orm to take instead of the 1.0 pre-releases that the project names:
   * those before rc.4 cannot be asked.
   */
  readonly insteadOfBeta?: string
}

export const SUBJECTS: readonly Subject[] = [
  {
    name: 'usekaneo/kaneo',
    shape: 'PostgreSQL, one schema file, pnpm monorepo',
    units: [
      unit(
        'apps/api',
        'postgresql',
        './drizzle',
        './src/database/schema.ts',
        'src/database/schema|drizzle/',
      ),
    ],
  },
  {
    name: 'dyad-sh/dyad',
    shape: 'SQLite, one schema file, a config that imports Electron code',
    units: [unit('', 'sqlite', './drizzle', './src/db/schema.ts', 'src/db/schema|drizzle/')],
  },
  {
    name: 'useautumn/autumn',
    shape: 'PostgreSQL, a barrel over many model files, bun monorepo',
    units: [
      unit('shared', 'postgresql', './drizzle', './db/schema.ts', 'db/|drizzle/|models/.*[tT]able'),
    ],
  },
  {
    name: 'simstudioai/sim',
    shape: 'PostgreSQL, one very large schema, 300 migrations, bun monorepo',
    units: [
      unit('packages/db', 'postgresql', './migrations', './schema.ts', 'schema|migrations/'),
      unit(
        'apps/sim',
        'postgresql',
        './db/migrations',
        './db/schema.ts',
        'db/(?:schema|migrations/)',
      ),
      unit('sim', 'postgresql', './db/migrations', './db/schema.ts', 'db/(?:schema|migrations/)'),
    ],
  },
  {
    name: 'latitude-dev/latitude-llm',
    shape: 'PostgreSQL, one file a table by a glob, pnpm monorepo; 0.x, then 1.0',
    units: [
      unit(
        'packages/platform/db-postgres',
        'postgresql',
        './drizzle',
        './src/schema/*.ts',
        'src/schema|drizzle/',
      ),
      unit(
        'packages/core',
        'postgresql',
        './drizzle',
        './src/schema/index.ts',
        'src/schema/|drizzle/',
      ),
    ],
    insteadOfBeta: '1.0.0-rc.4',
  },
  {
    name: 'LubomirGeorgiev/cloudflare-workers-nextjs-saas-template',
    shape: 'SQLite (D1), 0.x, then 1.0.0-rc',
    units: [
      unit(
        '',
        'sqlite',
        './src/db/migrations',
        './src/db/schema.ts',
        'src/db/schema|src/db/migrations/',
      ),
    ],
    insteadOfBeta: '1.0.0-rc.4',
  },
]

function unit(folder: string, dialect: string, out: string, schema: string, paths: string): Unit {
  const start = folder === '' ? '' : `${folder}/`
  return {
    config: `${start}drizzle.config.ts`,
    dialect,
    out,
    schema,
    touches: new RegExp(`^${start}(?:${paths}|drizzle\\.config)`),
  }
}
