import { styleText } from 'node:util'

export type Style = Parameters<typeof styleText>[0]

/** Gives a text a style, or leaves it alone where there are no colours. */
export type Paint = (style: Style, text: string) => string

/** What paints for an output with or without colours. */
export function painter(color: boolean): Paint {
  if (!color) return (_, text) => text
  // Whether to colour has been decided already; styleText would ask process.stdout again.
  return (style, text) => styleText(style, text, { validateStream: false })
}

/**
 * Whether an output gets colours: `--no-color`, then FORCE_COLOR, then NO_COLOR
 * (https://no-color.org), then whether it is a terminal that can.
 */
export function wantsColor(noColor: boolean, env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (noColor) return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  if (env.NO_COLOR) return false
  return isTerminal && env.TERM !== 'dumb'
}
