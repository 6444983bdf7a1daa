import { ProblemError } from '../finding/problem.ts'

/**
 * Parses the JSON of a configuration.
 *
 * @param file - for the message
 * @throws ProblemError with what the parser says, on one line
 */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const [reason] = String((error as Error).message).split('\n')
    throw new ProblemError({
      message: `${file} is not valid JSON: ${reason}`,
      file,
      help: `Correct ${file}; comments and trailing commas are not allowed in it.`,
    })
  }
}
