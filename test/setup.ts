/**
 * Runs before every test file. Tests may run inside a git hook or on a CI server: what either has
 * put into the environment must reach neither the repositories the tests make nor the command line
 * they start. Leaving git's own variables in would write into this repository.
 */
const ambient =
  /^(GIT_|GITHUB_|GITLAB_|CI$|CI_|NO_COLOR$|FORCE_COLOR$|HUSKY|LEFTHOOK|SKIP_SIMPLE_GIT_HOOKS$)/

for (const name of Object.keys(process.env)) {
  if (ambient.test(name)) Reflect.deleteProperty(process.env, name)
}

Object.assign(process.env, {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Test Author',
  GIT_AUTHOR_EMAIL: 'author@example.com',
  GIT_COMMITTER_NAME: 'Test Committer',
  GIT_COMMITTER_EMAIL: 'committer@example.com',
})
