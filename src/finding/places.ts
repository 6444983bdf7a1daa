/** Where a report's paths start and where they are shown from; both absolute. */
export interface Places {
  readonly root: string
  readonly cwd: string
}
