/** Why the tool and `drizzle-kit generate` disagree about a commit, as read by eye. */
export interface Reason {
  readonly reason: string
  /** The first nine digits of their ids. */
  readonly commits: readonly string[]
}

export const REASONS: readonly Reason[] = [
  {
    reason: `The schema has a default of the moment at which it is loaded (a \`new Date()\`). generate finds it changed
  each time and rewrites the table, whatever was migrated; the repository's own migrations do so again and
  again. No migration could end it, so the tool counts it as what the migrations say, and goes on to find
  the rest: f8403cbf8 changes another default among such columns, and that is reported. Intended. Before
  the replay the tool blocked each of these commits: mended.`,
    commits:
      words(`cccd3aea9 e80cf100e 5bb75f268 da9c10fa5 d6f8ecce0 43aa45ca8 59baf3c8a db2f600d5 537b47e32 02d82b5e5
      500783eb1 e4cd25a6b 6f509ea85 ae9bc8eeb 67448aa55 93556e7f7 089715631 d09953380 2c4e4ca92 6ea9406f5
      36e6cde61 3907fb230`),
  },
  {
    reason: `The commit without its migration touches nothing that the comparison depends on: the schema was edited in an
  earlier commit, and what is missing was reported there. Intended.`,
    commits: words('23f8bf4f0 93f64a3b0'),
  },
  {
    reason: `The schema imports \`.js\` names of TypeScript files, which drizzle-kit 0.31.1 by itself cannot find; the project
  starts it through tsx. The tool finds them (since the replay: before, it could not tell). What it reports
  is right: row level security that the schema enables and the snapshot does not have, columns that the
  next migration brings.`,
    commits: words('cbe2925ec 3fb3a7923'),
  },
  {
    reason: `The project moves from SQLite to PostgreSQL; without its migration the folder is SQLite's still. generate fails.
  Before the replay the tool reported every table as removed: mended, it says that the two are different.`,
    commits: words('ee540d407'),
  },
  {
    reason: `The first migration of the project: without it there is none anywhere, and the tool takes the project for one
  that pushes its schema. Intended.`,
    commits: words('2c4376672'),
  },
]

/** What neither side can answer about. */
export const UNTOLD: readonly string[] = [
  "Where neither can tell, in latitude-dev/latitude-llm, the reasons are the project's: from 935ce43a7 on, migrations of",
  'two branches of which both create a table or drop a constraint (drizzle-kit 1.0.0-rc.4 refuses them; the project',
  'had 1.0.0-beta.15); before, at 4d67bfaf5 and 8e39fad4d, a config that demands a variable of the environment through',
  'a library that enumerates them, where placeholders do not help.',
  '',
]

/** Of the commits whose missing changes no later migration names: what became of them. */
export const NOT_NAMED: readonly string[] = [
  'Read by eye, those without such a migration:',
  '',
  '- b89ae8325 c76af9dcd d86c1e9e5 4928951b0 bring SQL written by hand, without a snapshot: the database gets the',
  '  change, but drizzle-kit does not know it and would write it again. The next snapshots (ef98dd345 e1cc1ea30',
  "  76693d0a9) take it up, their SQL rid of it by hand. Right about drizzle-kit, but 'no migration makes' is not.",
  '- 04c8f8f7a 079e8c1bb bring SQL with a snapshot that does not say what the schema says; the snapshots of later',
  '  migrations (e1cc1ea30 813dcb363) do.',
  '- 9d11aec64 brings a migration that creates a table which the schema does not have; it was removed a day later.',
  '- 3fb3a7923 enables row level security in the schema only; the history of migrations was started anew later.',
  '- 9f4254ebd is a merge whose migration is older than its schema; 2517c96ed brings the rest two days later.',
  '',
]

function words(text: string): readonly string[] {
  return text.split(/\s+/)
}
