/** What a Drizzle schema can declare; functions, triggers and extensions it cannot. */
const DECLARED =
  /^(?:create|alter|drop)(?:\s+(?:or\s+replace|unique|unlogged|temp|temporary|global|local))*\s+(?:table|foreign\s+table|type|domain|index|sequence|schema|view|materialized\s+view|policy|role)\b/i

/** SQL that may do anything: a block, a procedure, a statement that is put together at run time. */
const ANYTHING = /^(?:do|call|execute)\b/i

/** Where a statement ends without being a semicolon, and what is no statement. */
const BREAKPOINT = /--> statement-breakpoint/g
const COMMENT_OR_STRING = /--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[^]*?\$\1\$/g

/**
 * Whether a migration may change something that a schema declares, going by how its statements begin:
 * one that only writes rows, or makes functions and triggers, leaves the next snapshot as it was.
 *
 * @param text - the whole file
 */
export function changesSchema(text: string): boolean {
  return text
    .replace(BREAKPOINT, ';')
    .replace(COMMENT_OR_STRING, ' ')
    .split(';')
    .some((statement) => DECLARED.test(statement.trim()) || ANYTHING.test(statement.trim()))
}
