import { loadModuleParser } from '../static/parser.ts'
/** What a module's text says of what it needs: other modules and environment variables. */
export interface ModuleNeeds {
  readonly imports: readonly string[]
  readonly variables: readonly string[]
}

/**
 * Reads the imports of a module, and the environment variables that it names: `process.env.X`,
 * `process.env['X']`, `const { X } = process.env`, and the keys of `createEnv({ server: … })` of t3-env.
 *
 * @param path - its extension says how to parse
 * @returns nothing for a module that cannot be parsed
 */
export async function importsOf(path: string, text: string): Promise<ModuleNeeds> {
  const parseSync = await loadModuleParser()
  const { program, module } = parseSync(path, text)
  const imports = [
    ...module.staticImports.filter((one) => !isTypeOnly(one)).map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest && !isType ? [moduleRequest.value] : [],
      ),
    ),
    ...[...text.matchAll(/\brequire\(\s*['"]([^'"]+)['"]\s*\)/g)].map(([, name]) => name!),
  ]
  const variables = new Set<string>()
  visit(program, (node) => {
    for (const name of variablesAt(node)) variables.add(name)
  })
  return { imports: [...new Set(imports)], variables: [...variables].filter(isOwn) }
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string }

function isTypeOnly({ entries }: { entries: readonly { isType: boolean }[] }): boolean {
  return entries.length > 0 && entries.every(({ isType }) => isType)
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (value === null || typeof value !== 'object') return
  if (Array.isArray(value)) {
    for (const item of value) visit(item, see)
    return
  }
  if (typeof (value as Node).type === 'string') see(value as Node)
  for (const child of Object.values(value)) visit(child, see)
}

function variablesAt(node: Node): readonly string[] {
  if (node.type === 'MemberExpression' && isEnvironment(node.object)) {
    const name = nameOf(node.property)
    return name === null ? [] : [name]
  }
  if (node.type === 'VariableDeclarator' && isEnvironment(node.init)) return keysOf(node.id)
  if (node.type === 'CallExpression' && nameOf(node.callee) === 'createEnv') {
    const [options] = node.arguments as readonly Node[]
    return propertiesOf(options).flatMap((property) =>
      nameOf(property.key) === 'server' ? keysOf(property.value) : [],
    )
  }
  return []
}

/** `process.env`, `import.meta.env` and `Bun.env`. */
function isEnvironment(value: unknown): boolean {
  const node = value as Node | null | undefined
  if (node?.type !== 'MemberExpression' || nameOf(node.property) !== 'env') return false
  const object = node.object as Node
  return object.type === 'MetaProperty' || ['process', 'Bun'].includes(nameOf(object) ?? '')
}

function keysOf(value: unknown): readonly string[] {
  return propertiesOf(value).flatMap(({ key }) => nameOf(key) ?? [])
}

function propertiesOf(value: unknown): readonly Node[] {
  const properties = (value as Node | undefined)?.properties
  return Array.isArray(properties) ? (properties as Node[]) : []
}

function nameOf(value: unknown): string | null {
  const node = value as Node | undefined
  if (node?.type === 'Identifier') return String(node.name)
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : null
}

/** Variables that Node.js and CI set themselves. */
function isOwn(name: string): boolean {
  return (
    /^[A-Z_][A-Z0-9_]*$/i.test(name) &&
    !/^(?:NODE_ENV|CI|HOME|PATH|PWD|DEBUG|GITHUB_\w+|VERCEL(?:_\w+)?|SKIP_ENV_VALIDATION|TZ)$/.test(
      name,
    )
  )
}
