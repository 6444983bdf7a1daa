import type { Token } from './lexer.ts'
import { Refusal } from './refusal.ts'
import type { Name, ObjectName, Stretch } from './syntax.ts'

/** Which words a dialect allows as names without quotes. */
export interface NameRules {
  readonly reserved: ReadonlySet<string>
  /** SQLite takes a string for a name wherever a name has to stand. */
  readonly stringsAreNames: boolean
  /** MySQL takes one for the name of a result. */
  readonly stringsAreAliases?: boolean
}

/** Reads a statement's tokens from left to right. Whatever does not fit throws a `Refusal`. */
export class Cursor {
  readonly names: NameRules
  private readonly tokens: readonly Token[]
  private readonly until: number
  private at: number

  /**
   * @param tokens - of the whole text, with the `end` at last
   * @param from - the number of the statement's first token
   * @param until - the number of the token behind its last
   */
  constructor(tokens: readonly Token[], names: NameRules, from = 0, until = tokens.length - 1) {
    this.tokens = tokens
    this.names = names
    this.at = from
    this.until = until
  }

  /** The token so many ahead; `end` behind the statement's last. */
  peek(ahead = 0): Token {
    const position = this.at + ahead
    const token = position < this.until ? this.tokens[position] : undefined
    if (token) return token
    const { start, end, text } = this.tokens[this.until] ?? this.last
    return { kind: 'end', start, end, text, value: '' }
  }

  next(): Token {
    const token = this.peek()
    if (token.kind === 'end') this.fail()
    this.at++
    return token
  }

  get done(): boolean {
    return this.peek().kind === 'end'
  }

  /** Whether these words come next, one after the other. */
  is(...words: readonly string[]): boolean {
    return words.every((word, ahead) => {
      const token = this.peek(ahead)
      return token.kind === 'word' && token.value === word
    })
  }

  /** Whether the next token is one of these words. */
  isOneOf(words: ReadonlySet<string>): boolean {
    const token = this.peek()
    return token.kind === 'word' && words.has(token.value)
  }

  /** Reads the words if they come next. */
  skip(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false
    this.at += words.length
    return true
  }

  need(...words: readonly string[]): void {
    for (const word of words) if (!this.skip(word)) this.fail()
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'symbol' && token.text === symbol
  }

  skipSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false
    this.at++
    return true
  }

  needSymbol(symbol: string): void {
    if (!this.skipSymbol(symbol)) this.fail()
  }

  /** Whether the token so many ahead can be a name. */
  isName(ahead = 0): boolean {
    const { kind, value } = this.peek(ahead)
    if (kind === 'name') return true
    if (kind === 'word') return !this.names.reserved.has(value)
    return kind === 'string' && this.names.stringsAreNames
  }

  name(): Name {
    if (!this.isName()) this.fail()
    return nameOf(this.next())
  }

  /** The name behind AS. */
  alias(): Name {
    return this.stringAlias() ?? this.name()
  }

  /** A string that names a result, if one comes next and the dialect takes it. */
  stringAlias(): Name | null {
    const isString = this.names.stringsAreAliases === true && this.peek().kind === 'string'
    return isString ? nameOf(this.next()) : null
  }

  /** A word that is no keyword here, whatever it is elsewhere. */
  anyWord(): Name {
    const { kind } = this.peek()
    return kind === 'word' ? nameOf(this.next()) : this.name()
  }

  /** `name` or `schema.name`. */
  objectName(): ObjectName {
    const first = this.name()
    if (!this.skipSymbol('.'))
      return { schema: null, name: first, start: first.start, end: first.end }
    const name = this.name()
    return { schema: first, name, start: first.start, end: name.end }
  }

  /** Reads `( item, item … )`. */
  list<T>(item: () => T): readonly T[] {
    this.needSymbol('(')
    const items = this.separated(item)
    this.needSymbol(')')
    return items
  }

  /** Reads `item, item …`. */
  separated<T>(item: () => T): readonly T[] {
    const items = [item()]
    while (this.skipSymbol(',')) items.push(item())
    return items
  }

  /** From a place to the end of what was read last. */
  since(start: number): Stretch {
    return { start, end: Math.max(start, this.last.end) }
  }

  /** Where the next token starts. */
  get start(): number {
    return this.peek().start
  }

  /** Goes back to where `mark` was. */
  get mark(): number {
    return this.at
  }

  reset(mark: number): void {
    this.at = mark
  }

  fail(): never {
    const token = this.peek()
    if (token.kind !== 'end') throw new Refusal(`near "${token.text}": syntax error`, token)
    throw new Refusal('incomplete input', this.at > 0 ? this.last : token)
  }

  private get last(): Token {
    const token = this.tokens[this.at - 1] ?? this.tokens[0]
    if (token === undefined) throw new Error('no tokens')
    return token
  }
}

function nameOf({ kind, start, end, text, value }: Token): Name {
  return {
    start,
    end,
    text: kind === 'word' ? text : value,
    doubleQuoted: text.startsWith('"'),
  }
}
