import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Node, RawStmt } from '@pgsql/types'
import { withFlatComments } from './flatComments.ts'

const LONGEST_MESSAGE = 300

/** PostgreSQL refused the text; what it says and where. */
export class SyntaxError extends Error {
  /** Code points before the place, from 0. */
  readonly cursor: number

  constructor(message: string, cursor: number) {
    // It quotes the token it stopped at, which may be all the rest of the text.
    super(message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message)
    this.cursor = cursor
  }
}

/** A token of PostgreSQL's own lexer; offsets are UTF-8 bytes. */
export interface Token {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly tokenName: string
}

/** PostgreSQL's own parser. Every offset in what it returns counts UTF-8 bytes. */
export interface Parser {
  /** @throws {@link SyntaxError} where the server would answer 42601 */
  parse(sql: string): readonly RawStmt[]
  /** The lexer alone; comments are tokens. @throws {@link SyntaxError} */
  scan(sql: string): readonly Token[]
  /** The tree of a PL/pgSQL function, given as `CREATE FUNCTION`. @throws {@link SyntaxError} */
  parsePlpgsql(sql: string): unknown
}

/** What a parser can be asked. */
export type Question = keyof Parser

/** Answers a question about a text with JSON. @throws {@link SyntaxError} */
export type Ask = (question: Question, sql: string) => string

/** The parser itself, which has its answers as text. */
export interface LoadedParser extends Parser {
  readonly ask: Ask
}

/** A parser over what answers with JSON. */
export function parserOver(ask: Ask): Parser {
  return {
    parse: (sql) => (JSON.parse(ask('parse', sql)) as { stmts?: RawStmt[] }).stmts ?? [],
    scan: (sql) => (JSON.parse(ask('scan', sql)) as { tokens?: Token[] }).tokens ?? [],
    parsePlpgsql: (sql) => JSON.parse(ask('parsePlpgsql', sql)) as unknown,
  }
}

/** What the package's glue makes of the compiled parser. */
export interface Wasm {
  lengthBytesUTF8(text: string): number
  stringToUTF8(text: string, pointer: number, size: number): void
  UTF8ToString(pointer: number): string
  getValue(pointer: number, type: 'i32'): number
  _malloc(size: number): number
  _free(pointer: number): void
  _wasm_parse_query_raw(pointer: number): number
  _wasm_free_parse_result(pointer: number): void
  _wasm_scan(pointer: number): number
  _wasm_parse_plpgsql(pointer: number): number
  _wasm_free_string(pointer: number): void
}

/** What the glue's factory has to be given. */
export interface FactoryOptions {
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): WebAssembly.Exports
}

/** Compiles the parser in step with the caller, for its glue. */
export const instantiateWasm: FactoryOptions['instantiateWasm'] = (imports, done) => {
  const file = createRequire(import.meta.url).resolve('libpg-query/wasm/libpg-query.wasm')
  const module = new WebAssembly.Module(readFileSync(file))
  const instance = new WebAssembly.Instance(module, imports)
  done(instance, module)
  return instance.exports
}

/** The parser, once its glue is ready. */
export function loadedParser(wasm: Wasm): LoadedParser {
  const ask: Ask = (question, sql) => {
    switch (question) {
      case 'parse':
        return parse(wasm, sql)
      case 'scan':
        return callForText(wasm, sql, (pointer) => wasm._wasm_scan(pointer))
      case 'parsePlpgsql':
        return callForText(wasm, sql, (pointer) => wasm._wasm_parse_plpgsql(pointer))
    }
  }
  return { ...parserOver(ask), ask }
}

function withText<R>(wasm: Wasm, given: string, use: (pointer: number) => R): R {
  const sql = withFlatComments(given)
  const size = wasm.lengthBytesUTF8(sql) + 1
  const pointer = wasm._malloc(size)
  try {
    wasm.stringToUTF8(sql, pointer, size)
    return use(pointer)
  } finally {
    wasm._free(pointer)
  }
}

function parse(wasm: Wasm, sql: string): string {
  return withText(wasm, sql, (pointer) => {
    const result = wasm._wasm_parse_query_raw(pointer)
    try {
      // struct PgQueryParseResult { char *tree; char *stderr; PgQueryError *error }
      const error = wasm.getValue(result + 8, 'i32')
      if (error !== 0) {
        // struct PgQueryError { char *message, *funcname, *filename; int lineno, cursorpos }
        const message = wasm.UTF8ToString(wasm.getValue(error, 'i32'))
        throw new SyntaxError(message, Math.max(0, wasm.getValue(error + 16, 'i32') - 1))
      }
      return wasm.UTF8ToString(wasm.getValue(result, 'i32'))
    } finally {
      wasm._wasm_free_parse_result(result)
    }
  })
}

/** The lexer and PL/pgSQL entries answer with a JSON object, or else with an error's words. */
function callForText(wasm: Wasm, sql: string, call: (pointer: number) => number): string {
  return withText(wasm, sql, (pointer) => {
    const result = call(pointer)
    const text = wasm.UTF8ToString(result)
    wasm._wasm_free_string(result)
    if (!text.startsWith('{')) throw new SyntaxError(text, 0)
    return text
  })
}

export type { Node, RawStmt }
