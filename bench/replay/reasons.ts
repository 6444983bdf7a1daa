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
    commits: words(`cccd3aea9 e80cf100e 5bb75f268 da9c10fa5 d6f8ecce0 43aa45ca8 59baf3c8a db2f600d5 537b47e32 02d82b5e5
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
    reason: `The first migration of the project: without it there is none anywhere, and the tool takes the project for one
  that pushes its schema. Intended.`,
    commits: words('2c4376672'),
  },
]

/** Of the commits whose missing changes no later migration names: what became of them. */
export const NOT_NAMED: readonly string[] = []

function words(text: string): readonly string[] {
  return text.split(/\s+/)
}
