/** What a rule with options accepts: option names with what they are for. */
export type OptionsSchema = Readonly<
  Record<
    string,
    {
      readonly type: 'number' | 'string' | 'boolean' | 'string[]'
      readonly description: string
    }
  >
>
