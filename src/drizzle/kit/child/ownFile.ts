/**
 * The file of a project that a stack trace names first; null where only installed code was running.
 *
 * @param root - absolute path of the project's top folder
 */
export function ownFile(stack: string | undefined, root: string): string | null {
  const paths = [...(stack ?? '').matchAll(/(?:^|\(|at |file:\/\/)(\/[^\n():]+):\d+/gm)].map(
    ([, path]) => path!,
  )
  return (
    paths.find((path) => path.startsWith(`${root}/`) && !path.includes('/node_modules/')) ?? null
  )
}
