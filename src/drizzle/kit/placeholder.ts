/** Passes for a connection string, an address and any text that must not be empty. */
export const PLACEHOLDER = 'postgres://placeholder:placeholder@localhost:5432/placeholder'

/**
 * Not the project's: a value made up for one of these would mislead libraries. Some are drizzle-kit's
 * own or of what is bundled with it.
 */
const NOT_OURS =
  /^(?:NODE_|npm_|CI$|CI_|GITHUB_|VERCEL|NETLIFY|DEBUG|NO_|FORCE_|TSX_|TS_NODE_|ESBUILD_|JITI_|BABEL_|DOTENV_|XDG_|WS_NO_|TEST_CONFIG_PATH_PREFIX$|TERM|COLORTERM|TMPDIR$|LIBC$|ARM_VERSION$|PREBUILDS_ONLY$|ELECTRON_|AWS_EXECUTION_ENV$|TF_BUILD$|AGENT_NAME$|TEAMCITY_)/

/** Whether a variable of the environment is one that a project defines, by its name. */
export function isProjectVariable(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name) && !NOT_OURS.test(name)
}
