import type { Answers } from '../../cache/answers.ts'
import type { Engine } from '../dialect.ts'
import { createEngine } from './engine.ts'
import { answeredParser } from './sql/answeredParser.ts'
import { loadParser } from './sql/loadParser.ts'
import { loadParserSync } from './sql/loadParserSync.ts'

/**
 * PostgreSQL: its own parser, and effects measured on versions 12 to 18.
 *
 * @param answers - what the parser was asked before; where that is likely to be all, it is loaded only
 *   for a text that is not among it
 */
export async function loadEngine(answers?: Answers): Promise<Engine> {
  if (answers === undefined) return createEngine(await loadParser())
  if (answers.isWarm) return createEngine(answeredParser(answers, loadParserSync))
  const parser = await loadParser()
  return createEngine(answeredParser(answers, () => parser))
}
