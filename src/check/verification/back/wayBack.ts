/** How a deployment was taken back on the database that had run it, and what came of it. */
export interface WayBack {
  /** The project's name. */
  readonly project: string
  /** The project's own files, in the order in which they ran; empty where the statements are ours. */
  readonly files: readonly string[]
  /** What was run, and what it was refused with. */
  readonly statements: readonly BackStatement[]
  /** What is not as it was before the deployment, in words; empty where the schema is. */
  readonly apart: readonly string[]
  /** What rows have lost for good on the way there and back, in words. */
  readonly lost: readonly string[]
  /** What has no reverse statement, because what it was is not known. */
  readonly byHand: readonly string[]
  /** What the statements cost or leave, besides. */
  readonly caveats: readonly string[]
}

export interface BackStatement {
  readonly sql: string
  /** What the server says; null where it ran. */
  readonly error: string | null
  /** It was made of what the server said of the database before the deployment. */
  readonly fromServer?: true
}
