import type { Project } from '../drizzle/find/project.ts'

/** The Drizzle projects of what production has, found when they are first asked for. */
export class DeployedProjects {
  private readonly discover: () => Promise<readonly Project[]>
  private found: Promise<readonly Project[]> | undefined

  constructor(discover: () => Promise<readonly Project[]>) {
    this.discover = discover
  }

  all(): Promise<readonly Project[]> {
    return (this.found ??= this.discover())
  }

  /**
   * The same project as its own config tells it there: by its config, else by its folder.
   *
   * @param out - where its migrations lie there
   * @returns null where production has no config for it
   */
  async counterpart({ config, otherConfigs }: Project, out: string): Promise<Project | null> {
    const all = await this.all()
    const isNamed = (one: Project): boolean =>
      one.config !== null && (one.config === config || otherConfigs.includes(one.config))
    return (
      all.find((one) => one.config === config && config !== null) ??
      all.find((one) => one.out === out && one.config !== null) ??
      all.find(isNamed) ??
      all.find((one) => one.out === out && one.schema.length > 0) ??
      null
    )
  }
}
