/** What `init` is asked to do. */
export interface InitArguments {
  /** Absolute. */
  readonly cwd: string
  /** Absolute path of our own configuration; null means find it. */
  readonly config: string | null
  readonly env: NodeJS.ProcessEnv
  readonly remove: boolean
  /** Write without asking. */
  readonly yes: boolean
  readonly json: boolean
  readonly vscode: boolean
  readonly downtime: boolean
}
