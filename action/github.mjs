/**
 * @typedef {object} Comment
 * @property {number} id
 * @property {string} body
 * @property {string} url
 */

const PER_PAGE = 100

/**
 * The comments of a repository on GitHub, by its REST API.
 *
 * @param {NodeJS.ProcessEnv} env - of a run of GitHub Actions
 */
export function openGitHub(env) {
  const api = env.GITHUB_API_URL ?? 'https://api.github.com'
  const repository = `${api}/repos/${env.GITHUB_REPOSITORY}`

  /**
   * @param {string} url
   * @param {string} [method]
   * @param {unknown} [body]
   */
  async function ask(url, method = 'GET', body = undefined) {
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${env.MIGRATION_LINT_TOKEN}`,
        'content-type': 'application/json',
        'x-github-api-version': '2022-11-28',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`GitHub answers ${response.status} to ${method}`)
    return /** @type {any} */ (await response.json())
  }

  /** Whose the token is: `github-actions[bot]` for a workflow's own. REST tells only people. */
  async function author() {
    const url = env.GITHUB_GRAPHQL_URL ?? 'https://api.github.com/graphql'
    const { data } = await ask(url, 'POST', { query: '{ viewer { login } }' })
    return /** @type {string} */ (data.viewer.login)
  }

  return {
    /**
     * The comment that the owner of the token has left before.
     *
     * @param {number} pull
     * @param {string} marker - its first line
     * @returns {Promise<Comment | null>}
     */
    async ownComment(pull, marker) {
      /** @type {string | undefined} */
      let login
      for (let page = 1; ; page++) {
        const url = `${repository}/issues/${pull}/comments?per_page=${PER_PAGE}&page=${page}`
        const comments = await ask(url)
        for (const { id, body, user, html_url: place } of comments) {
          if (typeof body !== 'string' || !body.startsWith(`${marker}\n`)) continue
          login ??= await author()
          if (user?.login === login) {
            return { id, body, url: place }
          }
        }
        if (comments.length < PER_PAGE) return null
      }
    },
    /**
     * @param {number} pull
     * @param {string} body
     * @returns {Promise<string>} where it is
     */
    async post(pull, body) {
      const { html_url: place } = await ask(`${repository}/issues/${pull}/comments`, 'POST', {
        body,
      })
      return place
    },
    /**
     * @param {number} id
     * @param {string} body
     * @returns {Promise<string>} where it is
     */
    async edit(id, body) {
      const { html_url: place } = await ask(`${repository}/issues/comments/${id}`, 'PATCH', {
        body,
      })
      return place
    },
  }
}
