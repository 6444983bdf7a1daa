import type { Tree } from '../../src/git/tree.ts'

/** A tree that is a plain object: path to content. It knows no blob ids unless given. */
export function memoryTree(
  files: Readonly<Record<string, string>>,
  options: { readonly label?: string; readonly blobs?: Readonly<Record<string, string>> } = {},
): Tree {
  const sorted = Object.keys(files).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  const read = (path: string): Buffer | undefined => {
    const content = files[path]
    return content === undefined ? undefined : Buffer.from(content)
  }
  return {
    label: options.label ?? 'the working directory',
    list: (folder) =>
      sorted
        .filter((path) => folder === '' || path.startsWith(`${folder}/`))
        .map((path) => {
          const blob = options.blobs?.[path]
          return blob === undefined ? { path } : { path, blob }
        }),
    read,
    readAll(paths) {
      const found = new Map<string, Buffer>()
      for (const path of paths) {
        const content = read(path)
        if (content) found.set(path, content)
      }
      return found
    },
  }
}
