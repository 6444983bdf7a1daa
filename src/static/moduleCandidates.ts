const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json']

/**
 * Where the module that a path names may lie, in the order in which it is looked for: `./a` is `a.ts` or
 * `a/index.ts`, and `./a.js` may be `a.ts`.
 *
 * @param path - with `/`; relative or absolute
 */
export function moduleCandidates(path: string): readonly string[] {
  const index = path === '' ? 'index' : `${path}/index`
  const bases = new Set([path, path.replace(/\.[mc]?jsx?$/, ''), index])
  return [...bases].flatMap((base) => ENDINGS.map((ending) => base + ending))
}
