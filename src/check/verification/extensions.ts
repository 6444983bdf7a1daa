const CREATE = /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?("[^"]+"|[a-z_][\w$]*)/gi

/** Always there. */
const BUILT_IN = new Set(['plpgsql'])

/** The extensions that SQL creates; one that is only named in a comment does no harm. */
export function extensionsIn(texts: readonly string[]): readonly string[] {
  const names = texts.flatMap((text) =>
    [...text.matchAll(CREATE)].map(([, name = '']) =>
      name.startsWith('"') ? name.slice(1, -1) : name.toLowerCase(),
    ),
  )
  return [...new Set(names)].filter((name) => !BUILT_IN.has(name)).sort()
}
